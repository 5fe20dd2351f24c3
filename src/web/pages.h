/* The handlers that routes.c names, one file each: page_home.c holds page_home(). */
#ifndef MEGURI_WEB_PAGES_H
#define MEGURI_WEB_PAGES_H

#include "web/page.h"

page_fn page_home;          /* / */
page_fn page_organisation;  /* /o/:org */
page_fn page_year;          /* /o/:org/:year */
page_fn page_initiative;    /* /o/:org/:year/:number */
page_fn page_findings;      /* /o/:org/:year/findings */
page_fn page_corrections;   /* /o/:org/:year/corrections */
page_fn page_diff;          /* /o/:org/:year/:number/diff */
page_fn page_plan_diff;     /* /o/:org/:year/diff */
page_fn page_work_diff;     /* /w/:org/:year/:number/diff */
page_fn page_history;       /* /o/:org/:year/history */
page_fn page_source;        /* /o/:org/:year/source */
page_fn page_indicator;     /* /o/:org/i/:key */
page_fn page_signed_heads;  /* /o/:org/checkpoint; page_checkpoint() is in page.h */
page_fn page_areas;         /* /o/:org/areas */
page_fn page_area;          /* /o/:org/areas/:name */
page_fn page_rating;        /* /o/:org/rating */
page_fn page_evidence;      /* /o/:org/evidence */
page_fn page_register;      /* /o/:org/evidence/:register */
page_fn page_one_record;    /* /records/:hash; page_record() is in page.h */
page_fn page_surveys;       /* /o/:org/surveys: page_survey.c */
page_fn page_opinions;      /* /o/:org/voices */
page_fn page_opinion;       /* /o/:org/voices/:year/:voice */
page_fn page_box;           /* /o/:org/voices/box/:month */
file_fn file_feed;          /* /o/:org/voices/feed */
page_fn page_council;       /* /o/:org/council */
page_fn page_meeting;       /* /o/:org/council/:year/:number */
page_fn page_council_staff; /* /w/:org/council */
act_fn act_council;
extern const struct field COUNCIL_FIELDS[];
page_fn page_meeting_new; /* /w/:org/council/new */
act_fn act_meeting_new;
page_fn page_meeting_staff; /* /w/:org/council/:year/:number */
act_fn act_meeting;
extern const struct field MEETING_FIELDS[];
page_fn page_voice_new; /* /o/:org/voices/new */
act_fn act_voice_new;
extern const struct field VOICE_NEW_FIELDS[];
page_fn page_receipt; /* /o/:org/voices/receipt */
act_fn act_receipt;
extern const struct field RECEIPT_FIELDS[];
act_fn act_reopen; /* /o/:org/voices/receipt/reopen */
extern const struct field REOPEN_FIELDS[];
page_fn page_survey_answer; /* /o/:org/surveys/:survey/answer */
act_fn act_survey_answer;
extern const struct field SURVEY_ANSWER_FIELDS[];
page_fn page_survey;         /* /o/:org/surveys/:survey */
page_fn page_survey_preview; /* /w/:org/surveys/:survey/preview */
page_fn page_survey_new;     /* /w/:org/surveys/new: page_survey_form.c */
act_fn act_survey_new;
page_fn page_survey_edit; /* /w/:org/surveys/:survey/edit */
act_fn act_survey_edit;
extern const struct field SURVEY_FORM_FIELDS[];
page_fn page_survey_desks; /* /w/:org/surveys: page_survey_desk.c */
page_fn page_survey_desk;  /* /w/:org/surveys/:survey */
act_fn act_survey_answers; /* /w/:org/surveys/:survey/answers */
act_fn act_survey_collect; /* ... collect, invite, state, release */
act_fn act_survey_invite;
act_fn act_survey_state;
act_fn act_survey_release;
extern const struct field SURVEY_ANSWERS_FIELDS[];
extern const struct field SURVEY_COLLECT_FIELDS[];
extern const struct field SURVEY_INVITE_FIELDS[];
extern const struct field SURVEY_STATE_FIELDS[];
extern const struct field SURVEY_RELEASE_FIELDS[];
page_fn page_survey_tally; /* /w/:org/surveys/:survey/tally: page_survey_tally.c */
act_fn act_survey_tally;
extern const struct field SURVEY_TALLY_FIELDS[];
page_fn page_search; /* /search */
page_fn page_rules;  /* /rules */
page_fn page_help;   /* /help, /help/:name */

file_fn file_note; /* /o/:org/checkpoint/note */
/* The door: page_sign_in.c. */
page_fn page_sign_in; /* /sign-in */
act_fn act_sign_in;
act_fn act_sign_out;  /* /sign-out */
page_fn page_confirm; /* /confirm: the password again */
act_fn act_confirm;
extern const struct field SIGN_IN_FIELDS[], CONFIRM_FIELDS[];

/* One's own account: page_account.c, page_factor.c. */
page_fn page_account; /* /account */
act_fn act_account_name, act_session_end, act_sessions_end;
page_fn page_password; /* /account/password */
act_fn act_password;
page_fn page_factor; /* /account/factor */
act_fn act_factor_new, act_factor_code, act_factor_remove;
page_fn page_recovery; /* /account/recovery */
act_fn act_recovery;
extern const struct field ACCOUNT_NAME_FIELDS[], PASSWORD_FIELDS[], SESSION_END_FIELDS[];
extern const struct field FACTOR_NEW_FIELDS[], FACTOR_CODE_FIELDS[];

/* The year as it is worked on: page_my_work.c, page_years.c, page_board.c, page_promises.c,
 * page_catalogue.c. */
page_fn page_my_work; /* /work */
page_fn page_years;   /* /w/:org */
act_fn act_year_start;
page_fn page_board; /* /w/:org/:year */
act_fn act_board_move, act_board_due, act_board_assign;
page_fn page_decisions; /* /w/:org/:year/commitments */
act_fn act_decide;
page_fn page_promises;  /* /o/:org/:year/commitments */
page_fn page_catalogue; /* /w/:org/catalogue */
act_fn act_catalogue;
extern const struct field YEAR_START_FIELDS[], BOARD_MOVE_FIELDS[], BOARD_DUE_FIELDS[];
extern const struct field BOARD_ASSIGN_FIELDS[], PROMISE_FIELDS[], CATALOGUE_FIELDS[];

/* Where actuals come from, and who decides: page_proposals.c, page_bind.c. */
page_fn page_proposals; /* /w/:org/proposals */
act_fn act_proposals;
page_fn page_bind; /* /w/:org/i/:key */
act_fn act_bind;
extern const struct field PROPOSAL_FIELDS[], BIND_FIELDS[];

/* Accounts and duties: page_people.c. */
page_fn page_people;     /* /people */
page_fn page_person_new; /* /people/new */
page_fn page_person;     /* /people/:account */
act_fn act_person_new, act_person, act_person_password, act_person_factor, act_person_duty;
extern const struct field PERSON_NEW_FIELDS[], PERSON_FIELDS[], GRANT_FIELDS[];

/* Sheets as their sections write them: page_work_sheet.c, page_sheet_form.c,
 * page_sheet_acts.c. */
page_fn page_work_sheet; /* /w/:org/:year/:number */
page_fn page_sheet_form; /* ... /plan, /midyear, /evaluation */
act_fn act_sheet_form;
act_fn act_sheet_draft;  /* ... /draft */
act_fn act_sheet_act;    /* ... /submit, /return, /approve, /skip, /reopen */
act_fn act_sheet_answer; /* ... /answers */
act_fn act_sheet_drop;   /* ... /drop */
act_fn act_sheet_new;    /* /w/:org/:year/sheets */
extern const struct field SHEET_FIELDS[], SHEET_ACT_FIELDS[], SHEET_ANSWER_FIELDS[];
extern const struct field SHEET_NEW_FIELDS[], SHEET_DROP_FIELDS[];

/* Registers as their sections enter them: page_entry_books.c, page_entry.c, page_entry_one.c.
 */
page_fn page_entry_books; /* /w/:org/evidence */
act_fn act_entry_open;
page_fn page_entry; /* /w/:org/evidence/:register */
act_fn act_entry;
page_fn page_entry_one; /* /w/:org/evidence/:register/:entry */
act_fn act_entry_one, act_entry_void;
page_fn page_entry_bulk; /* /w/:org/evidence/:register/bulk */
act_fn act_entry_bulk;
page_fn page_entry_new; /* /w/:org/evidence/new: page_entry_definition.c */
act_fn act_entry_new;
page_fn page_entry_calendar, page_entry_areas, page_entry_planned; /* ... /calendar, ... */
page_fn page_entry_definition; /* /w/:org/evidence/:register/definition */
act_fn act_entry_definition;
extern const struct field ENTRY_BULK_FIELDS[], DEFINITION_FIELDS[];
extern const struct field ENTRY_OPEN_FIELDS[], ENTRY_FIELDS[], ENTRY_EDIT_FIELDS[];
extern const struct field ENTRY_VOID_FIELDS[];
/* Voices as staff work on them: page_voices_staff.c, page_voice_staff.c, page_voice_text.c and
 * a file for each way in. */
page_fn page_voices_staff; /* /w/:org/voices */
page_fn page_voice_staff;  /* /w/:org/voices/:year/:voice */
act_fn act_voice_step;
act_fn act_voice_look, act_voice_erase, act_voice_disclosure; /* ... /look, /erase, … */
page_fn page_voice_enter, page_voice_box;                     /* /w/:org/voices/new, /box */
page_fn page_voice_import, page_voice_survey;                 /* ... /import, /survey */
page_fn page_voice_settings;                                  /* ... /settings */
act_fn act_voice_enter, act_voice_box, act_voice_import, act_voice_survey, act_voice_settings;
extern const struct field VOICE_STEP_FIELDS[], VOICE_LOOK_FIELDS[], VOICE_ENTER_FIELDS[];
extern const struct field VOICE_BOX_FIELDS[], VOICE_IMPORT_FIELDS[], VOICE_SURVEY_FIELDS[];
extern const struct field VOICE_SETTINGS_FIELDS[];

file_fn file_blob;    /* /blobs/:hash */
file_fn file_static;  /* /static/:key/:name */
file_fn file_icon;    /* /favicon.svg */
file_fn file_robots;  /* /robots.txt */
file_fn file_healthz; /* /healthz */

#endif
