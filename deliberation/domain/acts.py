"""Everything a person can do here, by its code. The codes stand in the log: never rename, never reuse."""

from enum import StrEnum


class Act(StrEnum):
    """An act, or a view of something: both need leave from the policy."""

    # looking
    VISIT = "visit"
    READ_CONSULTATION = "read-consultation"
    READ_OFFICE = "read-office"
    SEE_OWN = "see-own"
    READ_REMARK = "read-remark"
    READ_STAFF = "read-staff"
    READ_MEETING = "read-meeting"
    READ_COUNCIL = "read-council"
    READ_VOTE = "read-vote"
    READ_RESTRICTED = "read-restricted"
    READ_LOG = "read-log"
    # people
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    ANSWER_INVITATION = "answer-invitation"
    CHANGE_PASSWORD = "change-password"  # noqa: S105
    ADD_PERSON = "add-person"
    IMPORT_PEOPLE = "import-people"
    INVITE = "invite"
    GIVE_ROLE = "give-role"
    END_ROLE = "end-role"
    OPEN_OFFICE = "open-office"
    CHANGE_OFFICE = "change-office"
    GIVE_DUTY = "give-duty"
    # tasks and consultations
    REGISTER_TASK = "register-task"
    READ_TASK = "read-task"
    CHANGE_TASK = "change-task"
    TAKE_UP_TASK = "take-up-task"
    MOVE_PHASE = "move-phase"
    CHANGE_CONSULTATION = "change-consultation"
    # drafts
    IMPORT_DRAFT = "import-draft"
    PUBLISH_DRAFT = "publish-draft"
    EXPLAIN_ARTICLE = "explain-article"
    # remarks
    MAKE_REMARK = "make-remark"
    REPLACE_REMARK = "replace-remark"
    WITHDRAW_REMARK = "withdraw-remark"
    RECORD_REMARK = "record-remark"
    IMPORT_REMARKS = "import-remarks"
    RELEASE_REMARK = "release-remark"
    SETTLE_REMARK = "settle-remark"
    FIND_RECEIPT = "find-receipt"
    # councils
    FOUND_COUNCIL = "found-council"
    CHANGE_COUNCIL = "change-council"
    FILL_SEAT = "fill-seat"
    VACATE_SEAT = "vacate-seat"
    CO_OPT = "co-opt"
    PROPOSE_MATTER = "propose-matter"
    MOVE_MATTER = "move-matter"
    # meetings
    CALL_MEETING = "call-meeting"
    CHANGE_MEETING = "change-meeting"
    OPEN_MEETING = "open-meeting"
    SIGN_ATTENDANCE = "sign-attendance"
    RECORD_LINE = "record-line"
    MEND_LINE = "mend-line"
    CHECK_LINES = "check-lines"
    END_MEETING = "end-meeting"
    WRITE_MINUTES = "write-minutes"
    # votes
    CALL_VOTE = "call-vote"
    OPEN_VOTE = "open-vote"
    CAST_BALLOT = "cast-ballot"
    RECORD_BALLOT = "record-ballot"
    RECORD_HANDS = "record-hands"
    CLOSE_VOTE = "close-vote"
    CONFIRM_VOTE = "confirm-vote"
    CANCEL_VOTE = "cancel-vote"
    # suggestions and dossiers
    MAKE_SUGGESTION = "make-suggestion"
    REWORD_SUGGESTION = "reword-suggestion"
    MERGE_REMARKS = "merge-remarks"
    UNMERGE_REMARK = "unmerge-remark"
    ORDER_SUGGESTIONS = "order-suggestions"
    DROP_SUGGESTION = "drop-suggestion"
    BUILD_DOSSIER = "build-dossier"
    # finding
    SEARCH = "search"
    # the installation
    INSTALL = "install"
    SEED_SAMPLE = "seed-sample"
    ENTER_SAMPLE = "enter-sample"
