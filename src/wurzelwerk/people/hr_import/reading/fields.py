"""The allow-list: every field that an import keeps, and the headings under which it may stand. Nothing else is read."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ImportField:
    """A field of the people file.

    ``limit`` is its greatest length in characters; ``headings`` are accepted spellings, folded by
    ``headings.fold`` (lower case, umlauts written out, letters and figures only).
    """

    key: str
    limit: int
    headings: frozenset[str]


def _field(key: str, limit: int, headings: str) -> ImportField:
    return ImportField(key, limit, frozenset(headings.split()))


PERSON_FIELDS: Final = (
    _field(
        "staff_number",
        60,
        "personalnummer personalnr persnr pernr persnummer mitarbeiternummer mitarbeiternr mitarbeiterid personalid "
        "stammnummer stammnr staffnumber staffno staffid employeenumber employeeno employeeid personnelnumber "
        "personnelno manr",
    ),
    _field("given_name", 80, "vorname vornamen rufname givenname firstname forename givennames"),
    _field("family_name", 80, "nachname familienname name zuname lastname surname familyname"),
    _field(
        "email",
        254,
        "email mail emailadresse mailadresse emailaddress emaildienstlich dienstlicheemail emailgeschaeftlich "
        "geschaeftlicheemail workemail businessemail emailwork",
    ),
    _field(
        "unit_code",
        80,
        "abteilungsnummer abteilungsnr abteilungscode abteilungskuerzel abteilungsid oecode oenummer oenr oekuerzel "
        "oeid organisationseinheitcode organisationseinheitnr organisationseinheitnummer orgeinheitnr orgeinheitcode "
        "einheitencode einheitscode unitcode unitid unitnumber orgunitcode orgunitid departmentcode departmentid "
        "departmentnumber codedesbereichs bereichscode codeoftheunit",
    ),
    _field(
        "unit_name",
        160,
        "abteilung organisationseinheit orgeinheit oe bereich team einheit abteilungsname abteilungsbezeichnung oename "
        "oebezeichnung bereichsname einheitenname department unit orgunit organizationalunit organisationalunit "
        "division unitname departmentname",
    ),
    _field(
        "unit_parent",
        80,
        "uebergeordneteeinheit uebergeordneteabteilung uebergeordneteoe uebergeordneteorganisationseinheit "
        "oberabteilung obereinheit parentunit parentunitcode parentcode parent parentid parentdepartment "
        "parentdepartmentcode parentorgunit codederuebergeordneteneinheit "
        "bereichdarueber unitabove",
    ),
    _field(
        "unit_path",
        2000,
        "organisationspfad orgpfad abteilungspfad einheitenpfad pfad oepfad unitpath orgpath departmentpath "
        "organisationpath organizationpath orgunitpath pfadderbereiche bereichspfad pathofunits",
    ),
    _field(
        "manager",
        60,
        "vorgesetzte vorgesetzter vorgesetzteperson vorgesetztepersonalnummer personalnummervorgesetzte "
        "personalnummervorgesetzter personalnummerdervorgesetzten fuehrungskraft personalnummerfuehrungskraft "
        "personalnummerderfuehrungskraft fuehrungskraftpersonalnummer manager managerid managernumber "
        "managerstaffnumber manageremployeeid supervisor supervisorid linemanager linemanagerid reportsto",
    ),
    _field(
        "job_role_code",
        80,
        "stellennummer stellennr stellenschluessel stellencode stellenid rollencode rollenid jobcode jobid "
        "positioncode positionid positionnumber jobrolecode codederstelle codeofthejobrole",
    ),
    _field(
        "job_role",
        160,
        "stelle stellenbezeichnung rolle funktion position positionsbezeichnung taetigkeit taetigkeitsbezeichnung "
        "berufsbezeichnung jobtitle job role jobrole positiontitle function",
    ),
    _field(
        "site",
        120,
        "standort werk arbeitsort dienstort betriebsstaette niederlassung site location worklocation plant office",
    ),
    _field(
        "work_pattern",
        120,
        "arbeitszeitmodell arbeitszeit azmodell arbeitszeitplan schichtmodell schicht schichtplan workpattern "
        "workingtimemodel worktimemodel workingtimepattern workingtime workschedule shift shiftmodel shiftpattern",
    ),
    _field(
        "weekly_hours",
        10,
        "wochenstunden wochenarbeitszeit stundenprowoche stundenjewoche stundenwoche vertragsstunden weeklyhours "
        "hoursperweek contracthours weeklyworkinghours",
    ),
    _field(
        "language",
        40,
        "sprache anzeigesprache korrespondenzsprache sprachcode oberflaechensprache language languagecode "
        "preferredlanguage",
    ),
    _field(
        "entered_on",
        40,
        "eintritt eintrittsdatum eintrittam eintrittstag eingetretenam beschaeftigtseit einstellungsdatum entry "
        "entrydate dateofentry enteredon startdate hiredate joiningdate dateofjoining joinedon",
    ),
    _field(
        "left_on",
        40,
        "austritt austrittsdatum austrittam austrittstag ausgetretenam letzterarbeitstag exit exitdate dateofexit "
        "lefton leavingdate dateofleaving enddate terminationdate lastworkingday",
    ),
)
UNIT_FIELDS: Final = (
    _field(
        "unit_code",
        80,
        "code nummer nr id kuerzel schluessel number " + " ".join(PERSON_FIELDS[4].headings),
    ),
    _field("unit_name", 160, "name bezeichnung titel title " + " ".join(PERSON_FIELDS[5].headings)),
    _field(
        "unit_parent",
        80,
        "uebergeordnet uebergeordnetercode obercode parentnumber " + " ".join(PERSON_FIELDS[6].headings),
    ),
    _field("unit_path", 2000, " ".join(PERSON_FIELDS[7].headings)),
)
LIMITS: Final = {each.key: each.limit for each in PERSON_FIELDS}
REQUIRED: Final = ("staff_number", "given_name", "family_name")
