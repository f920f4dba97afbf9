"""Pages of this room: the own profile, one competence, evidence, frameworks, job roles."""
