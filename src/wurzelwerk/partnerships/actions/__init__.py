"""Everything people can do in this room, one verb per intent."""

from wurzelwerk.partnerships.actions.ads import (
    AdContent,
    OfferInput,
    WantInput,
    change_ad,
    expire_ads,
    hide_person,
    pause_ad,
    publish_ad,
    resume_ad,
    show_person_again,
    withdraw_ad,
)
from wurzelwerk.partnerships.actions.agreements import (
    AgreementContent,
    GoalInput,
    content_of,
    propose_agreement,
    sign_agreement,
)
from wurzelwerk.partnerships.actions.closing import (
    ClosingContent,
    LevelInput,
    close_partnership,
    end_partnership,
    resume_learning,
    start_closing,
)
from wurzelwerk.partnerships.actions.meetings import (
    MeetingContent,
    Worksheet,
    book_meeting,
    cancel_meeting,
    move_meeting,
    plan_meeting,
    write_worksheet,
)
from wurzelwerk.partnerships.actions.notes import save_notes
from wurzelwerk.partnerships.actions.packages import (
    PackageContent,
    complete_package,
    remove_package,
    reopen_package,
    save_package,
)
from wurzelwerk.partnerships.actions.preparing import confirm_preparation, set_terms
from wurzelwerk.partnerships.actions.requests import (
    answer_request,
    expire_requests,
    request_partnership,
    withdraw_request,
)
from wurzelwerk.partnerships.actions.steps import VersionConflict
from wurzelwerk.partnerships.actions.time_requests import answer_time_request, request_time

__all__ = [
    "AdContent",
    "AgreementContent",
    "ClosingContent",
    "GoalInput",
    "LevelInput",
    "MeetingContent",
    "OfferInput",
    "PackageContent",
    "VersionConflict",
    "WantInput",
    "Worksheet",
    "answer_request",
    "answer_time_request",
    "book_meeting",
    "cancel_meeting",
    "change_ad",
    "close_partnership",
    "complete_package",
    "confirm_preparation",
    "content_of",
    "end_partnership",
    "expire_ads",
    "expire_requests",
    "hide_person",
    "move_meeting",
    "pause_ad",
    "plan_meeting",
    "propose_agreement",
    "publish_ad",
    "remove_package",
    "reopen_package",
    "request_partnership",
    "request_time",
    "resume_ad",
    "resume_learning",
    "save_notes",
    "save_package",
    "set_terms",
    "show_person_again",
    "sign_agreement",
    "start_closing",
    "withdraw_ad",
    "withdraw_request",
    "write_worksheet",
]
