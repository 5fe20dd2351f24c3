/* The route table. Rows are tried from the top; a new page is a row here, a function in
 * page_NAME.c (declared in pages.h) and a template (docs/adding.md). */
#include "web/app.h"
#include "web/entry_part.h"
#include "web/pages.h"
#include "web/route.h"
#include "web/voice_part.h"

#include "base/banned.h"

enum { ADMINISTRATOR = DUTY_BIT(DUTY_ADMINISTRATOR) };

/* clang-format off */
static const struct route ROUTES[] = {
    { .path = "/", .who = NEED_PUBLIC, .page = page_home, .template = "home", .table = "organisations",
      .help = "reading#home", .example = "/", .title = { "運営方針の一覧", "Plans" } },
    { .path = "/search", .who = NEED_PUBLIC, .page = page_search, .template = "search", .table = "hits",
      .help = "search", .example = "/search", .title = { "検索", "Search" } },
    { .path = "/rules", .who = NEED_PUBLIC, .page = page_rules, .template = "rules", .table = "rules",
      .help = "reading#findings", .example = "/rules", .title = { "点検の規則", "Rules of the audit" } },
    { .path = "/o/:org", .who = NEED_PUBLIC, .page = page_organisation, .template = "organisation", .table = "years",
      .help = "reading#organisation", .example = "/o/minamo", .title = { "団体", "Organisation" } },
    { .path = "/o/:org/i/:key", .who = NEED_PUBLIC, .page = page_indicator, .template = "indicator", .table = "rows",
      .help = "reading#indicator", .example = "/o/minamo/i/facd44f31f26", .title = { "指標", "Indicator" } },
    { .path = "/o/:org/areas", .who = NEED_PUBLIC, .page = page_areas, .template = "areas", .table = "areas",
      .help = "areas#list", .example = "/o/minamo/areas", .title = { "地域", "Areas" } },
    { .path = "/o/:org/areas/:name", .who = NEED_PUBLIC, .page = page_area, .template = "area", .table = "facts",
      .help = "areas#chart", .example = "/o/minamo/areas/01", .title = { "地域カルテ", "Area chart" } },
    { .path = "/o/:org/rating", .who = NEED_PUBLIC, .page = page_rating, .template = "rating", .table = "years",
      .help = "areas#rating", .example = "/o/minamo/rating", .title = { "来庁者サービスの格付け", "Rating of the service at the counters" } },
    { .path = "/o/:org/checkpoint", .who = NEED_PUBLIC, .page = page_signed_heads, .template = "signed_heads", .table = "rows",
      .help = "history#checkpoint", .example = "/o/minamo/checkpoint", .title = { "署名つき要約", "Checkpoints" } },
    { .path = "/o/:org/checkpoint/note", .who = NEED_PUBLIC, .file = file_note,
      .example = "/o/minamo/checkpoint/note", .title = { "署名つき要約のファイル", "Checkpoint as a file" } },
    { .path = "/o/:org/surveys", .who = NEED_PUBLIC, .page = page_surveys, .template = "surveys", .table = "surveys",
      .help = "surveys", .example = "/o/minamo/surveys", .title = { "アンケート", "Surveys" } },
    { .path = "/o/:org/surveys/:survey/answer", .who = NEED_PUBLIC, .has_form = true, .page = page_survey_answer, .template = "survey_answer",
      .help = "surveys#answer", .example = "/o/minamo/surveys/monitor-2024/answer", .title = { "アンケートに答える", "Answer a survey" } },
    { .method = METHOD_POST, .path = "/o/:org/surveys/:survey/answer", .who = NEED_PUBLIC, .act = act_survey_answer, .fields = SURVEY_ANSWER_FIELDS,
      .template = "survey_answer", .help = "surveys#answer", .example = "/o/minamo/surveys/monitor-2024/answer", .title = { "アンケートの回答を送る", "Send the answer" } },
    { .path = "/o/:org/surveys/:survey", .who = NEED_PUBLIC, .page = page_survey, .template = "survey", .table = "rows",
      .help = "surveys#page", .example = "/o/minamo/surveys/kumin-2024", .title = { "アンケートの結果", "Survey" } },
    { .path = "/o/:org/council", .who = NEED_PUBLIC, .page = page_council, .template = "council", .table = "meetings",
      .help = "council", .example = "/o/minamo/council", .title = { "区政会議", "Ward council" } },
    { .path = "/o/:org/council/:year/:number", .who = NEED_PUBLIC, .page = page_meeting, .template = "meeting",
      .help = "council#meeting", .example = "/o/minamo/council/2025/1", .title = { "会議", "Meeting" } },
    { .path = "/o/:org/voices", .who = NEED_PUBLIC, .page = page_opinions, .template = "opinions", .table = "opinions",
      .help = "voices#public", .example = "/o/minamo/voices", .title = { "市民の声", "Voices" } },
    { .path = "/o/:org/voices/feed", .who = NEED_PUBLIC, .file = file_feed,
      .example = "/o/minamo/voices/feed", .title = { "市民の声の新着", "Feed of voices" } },
    { .path = "/o/:org/voices/new", .who = NEED_PUBLIC, .has_form = true, .page = page_voice_new, .template = "voice_new",
      .help = "voices#send", .example = "/o/minamo/voices/new", .title = { "意見を送る", "Send an opinion" } },
    { .method = METHOD_POST, .path = "/o/:org/voices/new", .who = NEED_PUBLIC, .is_anonymous = true, .act = act_voice_new, .fields = VOICE_NEW_FIELDS,
      .template = "voice_new", .help = "voices#send", .example = "/o/minamo/voices/new", .title = { "意見の送信", "Sending an opinion" } },
    { .path = "/o/:org/voices/receipt", .who = NEED_PUBLIC, .has_form = true, .page = page_receipt, .template = "receipt",
      .help = "voices#receipt", .example = "/o/minamo/voices/receipt", .title = { "送った意見のその後", "Follow what you sent" } },
    { .method = METHOD_POST, .path = "/o/:org/voices/receipt", .who = NEED_PUBLIC, .is_anonymous = true, .act = act_receipt, .fields = RECEIPT_FIELDS,
      .template = "receipt", .help = "voices#receipt", .example = "/o/minamo/voices/receipt", .title = { "送った意見を開く", "Opening what was sent" } },
    { .method = METHOD_POST, .path = "/o/:org/voices/receipt/reopen", .who = NEED_PUBLIC, .is_anonymous = true, .act = act_reopen, .fields = REOPEN_FIELDS,
      .template = "receipt", .help = "voices#receipt", .example = "/o/minamo/voices/receipt/reopen", .title = { "もう一度回答を求める", "Asking again" } },
    { .path = "/o/:org/voices/box/:month", .who = NEED_PUBLIC, .page = page_box, .template = "box", .table = "opinions",
      .help = "voices#box", .example = "/o/minamo/voices/box/2025-06", .title = { "改善箱", "Box" } },
    { .path = "/o/:org/voices/:year/:voice", .who = NEED_PUBLIC, .page = page_opinion, .template = "opinion",
      .help = "voices#one", .example = "/o/minamo/voices/2025/3", .title = { "市民の声の1件", "A voice" } },
    { .path = "/o/:org/evidence", .who = NEED_PUBLIC, .page = page_evidence, .template = "evidence", .table = "registers",
      .help = "registers#kinds", .example = "/o/minamo/evidence", .title = { "台帳", "Registers" } },
    { .path = "/o/:org/evidence/:register", .who = NEED_PUBLIC, .page = page_register, .template = "register", .table = "sums",
      .help = "registers#page", .example = "/o/minamo/evidence/training", .title = { "台帳の内容", "Register" } },
    { .path = "/o/:org/:year", .who = NEED_PUBLIC, .page = page_year, .template = "year", .table = "indicators",
      .help = "reading#year", .example = "/o/minamo/2023", .title = { "年度", "Year" } },
    { .path = "/o/:org/:year/findings", .who = NEED_PUBLIC, .page = page_findings, .template = "findings", .table = "findings",
      .help = "reading#findings", .example = "/o/minamo/2023/findings", .title = { "指摘", "Findings" } },
    { .path = "/o/:org/:year/corrections", .who = NEED_PUBLIC, .page = page_corrections, .template = "corrections",
      .help = "history#corrections", .example = "/o/minamo/2022/corrections", .title = { "公表後の訂正", "Corrections" } },
    { .path = "/o/:org/:year/diff", .who = NEED_PUBLIC, .page = page_plan_diff, .template = "diff", .table = "changes",
      .help = "history#diff", .example = "/o/minamo/2022/diff", .title = { "計画の版を比べる", "Versions of a plan" } },
    { .path = "/o/:org/:year/history", .who = NEED_PUBLIC, .page = page_history, .template = "history",
      .help = "history", .example = "/o/minamo/2023/history", .title = { "履歴", "History" } },
    { .path = "/o/:org/:year/source", .who = NEED_PUBLIC, .page = page_source, .template = "source",
      .help = "source", .example = "/o/minamo/2023/source", .title = { "元の文書", "Source" } },
    { .path = "/o/:org/:year/commitments", .who = NEED_PUBLIC, .page = page_promises, .template = "promises", .table = "promises",
      .help = "cycle#commitments", .example = "/o/minamo/2023/commitments", .title = { "改善の約束", "Promises" } },
    { .path = "/o/:org/:year/:number", .who = NEED_PUBLIC, .page = page_initiative, .template = "initiative",
      .help = "reading#sheet", .example = "/o/minamo/2023/1", .title = { "取組項目", "Initiative" } },
    { .path = "/o/:org/:year/:number/diff", .who = NEED_PUBLIC, .page = page_diff, .template = "diff", .table = "changes",
      .help = "history#diff", .example = "/o/minamo/2022/1/diff", .title = { "取組の版を比べる", "Versions of an initiative" } },
    /* sheets as their sections write them */
    { .path = "/w/:org/:year/:number", .who = NEED_DUTY, .duties = DUTIES_READ, .page = page_work_sheet, .template = "work_sheet",
      .help = "sheet", .example = "/w/minamo/2024/1", .title = { "取組項目(作業中)", "Initiative, being written" } },
    { .path = "/w/:org/:year/:number/diff", .who = NEED_DUTY, .duties = DUTIES_READ, .page = page_work_diff, .template = "diff", .table = "changes",
      .help = "history#diff", .example = "/w/minamo/2024/1/diff", .title = { "作業中の版を比べる", "Versions of a sheet being written" } },
    { .path = "/w/:org/:year/:number/plan", .who = NEED_DUTY, .duties = DUTIES_READ, .page = page_sheet_form, .template = "sheet_form",
      .help = "sheet#plan", .example = "/w/minamo/2024/1/plan", .title = { "計画の記入", "Writing the plan" } },
    { .path = "/w/:org/:year/:number/midyear", .who = NEED_DUTY, .duties = DUTIES_READ, .page = page_sheet_form, .template = "sheet_form",
      .help = "sheet#midyear", .example = "/w/minamo/2024/1/midyear", .title = { "中間振り返りの記入", "Writing the mid-year review" } },
    { .path = "/w/:org/:year/:number/evaluation", .who = NEED_DUTY, .duties = DUTIES_READ, .page = page_sheet_form, .template = "sheet_form",
      .help = "sheet#evaluation", .example = "/w/minamo/2024/1/evaluation", .title = { "自己評価の記入", "Writing the self-evaluation" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/plan", .who = NEED_DUTY, .duties = DUTIES_WRITE, .act = act_sheet_form,
      .fields = SHEET_FIELDS, .template = "sheet_form", .help = "sheet#plan", .example = "/w/minamo/2024/1/plan", .title = { "計画の保存", "Saving the plan" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/midyear", .who = NEED_DUTY, .duties = DUTIES_WRITE, .act = act_sheet_form,
      .fields = SHEET_FIELDS, .template = "sheet_form", .help = "sheet#midyear", .example = "/w/minamo/2024/1/midyear", .title = { "中間振り返りの保存", "Saving the mid-year review" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/evaluation", .who = NEED_DUTY, .duties = DUTIES_WRITE, .act = act_sheet_form,
      .fields = SHEET_FIELDS, .template = "sheet_form", .help = "sheet#evaluation", .example = "/w/minamo/2024/1/evaluation", .title = { "自己評価の保存", "Saving the self-evaluation" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/draft", .who = NEED_DUTY, .duties = DUTIES_WRITE, .act = act_sheet_draft,
      .fields = SHEET_FIELDS, .help = "sheet#draft", .example = "/w/minamo/2024/1/draft", .title = { "書きかけを残す", "Keeping a draft" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/submit", .who = NEED_DUTY, .duties = DUTIES_WRITE, .act = act_sheet_act,
      .fields = SHEET_ACT_FIELDS, .help = "sheet#steps", .example = "/w/minamo/2024/1/submit", .title = { "提出", "Submitting" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/return", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_HEAD) | DUTY_BIT(DUTY_PLANNING), .act = act_sheet_act,
      .fields = SHEET_ACT_FIELDS, .help = "sheet#steps", .example = "/w/minamo/2024/1/return", .title = { "差戻し", "Sending back" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/approve", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_HEAD), .confirm = true, .act = act_sheet_act,
      .fields = SHEET_ACT_FIELDS, .help = "sheet#steps", .example = "/w/minamo/2024/1/approve", .title = { "承認", "Approving" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/skip", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_HEAD), .confirm = true, .act = act_sheet_act,
      .fields = SHEET_ACT_FIELDS, .help = "sheet#steps", .example = "/w/minamo/2024/1/skip", .title = { "実施しないと署名", "Signing as not held" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/reopen", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING), .act = act_sheet_act,
      .fields = SHEET_ACT_FIELDS, .help = "sheet#steps", .example = "/w/minamo/2024/1/reopen", .title = { "開き直し", "Opening again" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/answers", .who = NEED_DUTY, .duties = DUTIES_WRITE, .act = act_sheet_answer,
      .fields = SHEET_ANSWER_FIELDS, .help = "sheet#answers", .example = "/w/minamo/2024/1/answers", .title = { "指摘への回答", "Answering a finding" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/:number/drop", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING), .act = act_sheet_drop,
      .fields = SHEET_DROP_FIELDS, .help = "sheet#new", .example = "/w/minamo/2024/1/drop", .title = { "取組項目を外す", "Taking an initiative out" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/sheets", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_sheet_new,
      .fields = SHEET_NEW_FIELDS, .help = "sheet#new", .example = "/w/minamo/2024/sheets", .title = { "取組項目を加える", "Adding an initiative" } },
    { .path = "/records/:hash", .who = NEED_PUBLIC, .page = page_one_record, .template = "one_record", .table = "changes",
      .help = "history#record", .example = "/records/0000000000000000000000000000000000000000000000000000000000000000", .title = { "記録", "Record" } },
    { .path = "/blobs/:hash", .who = NEED_PUBLIC, .file = file_blob,
      .example = "/blobs/0000000000000000000000000000000000000000000000000000000000000000", .title = { "文書", "Document" } },
    { .path = "/help", .who = NEED_PUBLIC, .page = page_help, .template = "help",
      .help = "index", .example = "/help", .title = { "使い方", "Manual" } },
    { .path = "/help/:name", .who = NEED_PUBLIC, .page = page_help, .template = "help",
      .help = "index", .example = "/help/index", .title = { "使い方", "Manual" } },
    { .path = "/sign-in", .who = NEED_PUBLIC, .has_form = true, .page = page_sign_in, .template = "sign_in",
      .help = "sign-in", .example = "/sign-in", .title = { "サインイン", "Sign in" } },
    { .method = METHOD_POST, .path = "/sign-in", .who = NEED_PUBLIC, .act = act_sign_in, .fields = SIGN_IN_FIELDS,
      .template = "sign_in", .help = "sign-in", .example = "/sign-in", .title = { "サインイン", "Sign in" } },
    { .method = METHOD_POST, .path = "/sign-out", .who = NEED_PUBLIC, .act = act_sign_out,
      .example = "/sign-out", .title = { "サインアウト", "Sign out" } },
    { .path = "/confirm", .who = NEED_ACCOUNT, .unready = true, .page = page_confirm, .template = "confirm",
      .help = "sign-in#confirm", .example = "/confirm", .title = { "パスワードの確認", "Your password again" } },
    { .method = METHOD_POST, .path = "/confirm", .who = NEED_ACCOUNT, .unready = true, .act = act_confirm, .fields = CONFIRM_FIELDS,
      .template = "confirm", .help = "sign-in#confirm", .example = "/confirm",
      .title = { "パスワードの確認", "Your password again" } },
    { .path = "/account", .who = NEED_ACCOUNT, .page = page_account, .template = "account",
      .help = "sign-in#account", .example = "/account", .title = { "アカウント", "Your account" } },
    { .method = METHOD_POST, .path = "/account/name", .who = NEED_ACCOUNT, .act = act_account_name, .fields = ACCOUNT_NAME_FIELDS,
      .template = "account", .help = "sign-in#account", .example = "/account/name", .title = { "氏名とメールアドレスの保存", "Name and e-mail address" } },
    { .path = "/account/password", .who = NEED_ACCOUNT, .unready = true, .page = page_password, .template = "password",
      .help = "sign-in#password", .example = "/account/password", .title = { "パスワードの変更", "Change the password" } },
    { .method = METHOD_POST, .path = "/account/password", .who = NEED_ACCOUNT, .unready = true, .act = act_password, .fields = PASSWORD_FIELDS,
      .template = "password", .help = "sign-in#password", .example = "/account/password", .title = { "パスワードの変更", "Change the password" } },
    { .path = "/account/factor", .who = NEED_ACCOUNT, .unready = true, .page = page_factor, .template = "factor",
      .help = "sign-in#factor", .example = "/account/factor", .title = { "2 段階認証", "Second factor" } },
    { .method = METHOD_POST, .path = "/account/factor", .who = NEED_ACCOUNT, .unready = true, .confirm = true, .act = act_factor_new, .fields = FACTOR_NEW_FIELDS,
      .template = "factor_new", .help = "sign-in#factor", .example = "/account/factor", .title = { "2 段階認証の設定", "Set up a second factor" } },
    { .method = METHOD_POST, .path = "/account/factor-code", .who = NEED_ACCOUNT, .unready = true, .act = act_factor_code, .fields = FACTOR_CODE_FIELDS,
      .template = "factor_new", .help = "sign-in#factor", .example = "/account/factor-code", .title = { "2 段階認証の設定", "Set up a second factor" } },
    { .method = METHOD_POST, .path = "/account/factor-remove", .who = NEED_ACCOUNT, .confirm = true, .act = act_factor_remove,
      .example = "/account/factor-remove", .title = { "2 段階認証の解除", "Remove the second factor" } },
    { .path = "/account/recovery", .who = NEED_ACCOUNT, .page = page_recovery, .template = "recovery",
      .help = "sign-in#recovery", .example = "/account/recovery", .title = { "回復コード", "Recovery codes" } },
    { .method = METHOD_POST, .path = "/account/recovery", .who = NEED_ACCOUNT, .confirm = true, .act = act_recovery,
      .template = "recovery", .help = "sign-in#recovery", .example = "/account/recovery", .title = { "回復コード", "Recovery codes" } },
    { .method = METHOD_POST, .path = "/account/session-end", .who = NEED_ACCOUNT, .act = act_session_end, .fields = SESSION_END_FIELDS,
      .example = "/account/session-end", .title = { "サインインを終える", "End a session" } },
    { .method = METHOD_POST, .path = "/account/sessions-end", .who = NEED_ACCOUNT, .act = act_sessions_end,
      .example = "/account/sessions-end", .title = { "ほかのサインインを終える", "End all other sessions" } },
    { .path = "/people", .who = NEED_DUTY, .duties = ADMINISTRATOR, .scope = SCOPE_ANY, .page = page_people, .template = "people", .table = "people",
      .help = "people", .example = "/people", .title = { "利用者", "People" } },
    { .path = "/people/new", .who = NEED_DUTY, .duties = ADMINISTRATOR, .scope = SCOPE_ANY, .page = page_person_new, .template = "person_new",
      .help = "people#new", .example = "/people/new", .title = { "新しい利用者", "New account" } },
    { .method = METHOD_POST, .path = "/people/new", .who = NEED_DUTY, .duties = ADMINISTRATOR, .scope = SCOPE_ANY, .act = act_person_new, .fields = PERSON_NEW_FIELDS,
      .template = "person_new", .help = "people#new", .example = "/people/new", .title = { "新しい利用者", "New account" } },
    { .path = "/people/:account", .who = NEED_DUTY, .duties = ADMINISTRATOR, .scope = SCOPE_ANY, .page = page_person, .template = "person",
      .help = "people#one", .example = "/people/u0000000000", .title = { "利用者", "Account" } },
    { .method = METHOD_POST, .path = "/people/:account", .who = NEED_DUTY, .duties = ADMINISTRATOR, .scope = SCOPE_ACCOUNT, .confirm = true, .act = act_person, .fields = PERSON_FIELDS,
      .template = "person", .help = "people#one", .example = "/people/u0000000000", .title = { "アカウントの保存・停止", "Save or shut an account" } },
    { .method = METHOD_POST, .path = "/people/:account/password", .who = NEED_DUTY, .duties = ADMINISTRATOR, .scope = SCOPE_ACCOUNT, .confirm = true, .act = act_person_password,
      .template = "person_password", .help = "people#password", .example = "/people/u0000000000/password", .title = { "パスワードの発行", "New password" } },
    { .method = METHOD_POST, .path = "/people/:account/factor-remove", .who = NEED_DUTY, .duties = ADMINISTRATOR, .scope = SCOPE_ACCOUNT, .confirm = true, .act = act_person_factor,
      .example = "/people/u0000000000/factor-remove", .title = { "2 段階認証の解除", "Remove a second factor" } },
    { .method = METHOD_POST, .path = "/people/:account/duty", .who = NEED_DUTY, .duties = ADMINISTRATOR, .scope = SCOPE_ANY, .confirm = true, .act = act_person_duty, .fields = GRANT_FIELDS,
      .template = "person", .help = "people#duties", .example = "/people/u0000000000/duty", .title = { "役割の保存", "Save a duty" } },
    { .path = "/work", .who = NEED_ACCOUNT, .page = page_my_work, .template = "my_work", .table = "tasks",
      .help = "cycle#due", .example = "/work", .title = { "わたしの仕事", "My work" } },
    { .path = "/w/:org", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_years, .template = "years", .table = "years",
      .help = "cycle#start", .example = "/w/minamo", .title = { "年度の作業", "Years that are worked on" } },
    { .method = METHOD_POST, .path = "/w/:org/start", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING), .act = act_year_start,
      .fields = YEAR_START_FIELDS, .template = "years", .help = "cycle#start", .example = "/w/minamo/start", .title = { "年度を始める", "Beginning a year" } },
    { .path = "/w/:org/catalogue", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_catalogue, .template = "catalogue", .table = "entries",
      .help = "cycle#catalogue", .example = "/w/minamo/catalogue", .title = { "指標の台帳", "Catalogue of indicators" } },
    { .method = METHOD_POST, .path = "/w/:org/catalogue", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING), .act = act_catalogue,
      .fields = CATALOGUE_FIELDS, .template = "catalogue", .help = "cycle#catalogue", .example = "/w/minamo/catalogue", .title = { "指標を保存する", "Saving an indicator" } },
    /* surveys before they are public */
    { .path = "/w/:org/surveys", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_survey_desks, .template = "survey_desks", .table = "surveys",
      .help = "surveys#desk", .example = "/w/minamo/surveys", .title = { "アンケートの作業", "Surveys in work" } },
    { .path = "/w/:org/surveys/new", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .page = page_survey_new, .template = "survey_form",
      .help = "surveys#form", .example = "/w/minamo/surveys/new", .title = { "新しいアンケート", "New survey" } },
    { .method = METHOD_POST, .path = "/w/:org/surveys/new", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_survey_new, .fields = SURVEY_FORM_FIELDS,
      .template = "survey_form", .help = "surveys#form", .example = "/w/minamo/surveys/new", .title = { "アンケートを作る", "Making a survey" } },
    { .path = "/w/:org/surveys/:survey", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_survey_desk, .template = "survey_desk",
      .help = "surveys#desk", .example = "/w/minamo/surveys/kumin-2024", .title = { "アンケートの作業", "Survey in work" } },
    { .path = "/w/:org/surveys/:survey/preview", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_survey_preview, .template = "survey",
      .help = "surveys#desk", .example = "/w/minamo/surveys/kumin-2024/preview", .title = { "公表前の結果", "Results before they are public" } },
    { .path = "/w/:org/surveys/:survey/edit", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .page = page_survey_edit, .template = "survey_form",
      .help = "surveys#form", .example = "/w/minamo/surveys/kumin-2024/edit", .title = { "アンケートの定義", "Definition of a survey" } },
    { .method = METHOD_POST, .path = "/w/:org/surveys/:survey/edit", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_survey_edit, .fields = SURVEY_FORM_FIELDS,
      .template = "survey_form", .help = "surveys#form", .example = "/w/minamo/surveys/kumin-2024/edit", .title = { "アンケートの定義の保存", "Saving a survey" } },
    { .path = "/w/:org/surveys/:survey/tally", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .page = page_survey_tally, .template = "survey_tally",
      .help = "surveys#tally", .example = "/w/minamo/surveys/iin-2024/tally", .title = { "手集計の入力", "Counts made by hand" } },
    { .method = METHOD_POST, .path = "/w/:org/surveys/:survey/tally", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_survey_tally, .fields = SURVEY_TALLY_FIELDS,
      .template = "survey_tally", .help = "surveys#tally", .example = "/w/minamo/surveys/iin-2024/tally", .title = { "手集計の保存", "Saving counts made by hand" } },
    { .method = METHOD_POST, .path = "/w/:org/surveys/:survey/answers", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_survey_answers, .fields = SURVEY_ANSWERS_FIELDS,
      .template = "survey_desk", .help = "surveys#desk", .example = "/w/minamo/surveys/kumin-2024/answers", .title = { "回答の取り込み", "Taking answers in" } },
    { .method = METHOD_POST, .path = "/w/:org/surveys/:survey/collect", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_survey_collect, .fields = SURVEY_COLLECT_FIELDS,
      .template = "survey_desk", .help = "surveys#answer", .example = "/w/minamo/surveys/monitor-2024/collect", .title = { "届いた回答を数える", "Counting answers that came" } },
    { .method = METHOD_POST, .path = "/w/:org/surveys/:survey/invite", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_survey_invite, .fields = SURVEY_INVITE_FIELDS,
      .template = "survey_desk", .help = "surveys#answer", .example = "/w/minamo/surveys/monitor-2024/invite", .title = { "招待コードを作る", "Making invitation codes" } },
    { .method = METHOD_POST, .path = "/w/:org/surveys/:survey/state", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_survey_state, .fields = SURVEY_STATE_FIELDS,
      .template = "survey_desk", .help = "surveys#answer", .example = "/w/minamo/surveys/monitor-2024/state", .title = { "受付を終える", "Closing a survey" } },
    { .method = METHOD_POST, .path = "/w/:org/surveys/:survey/release", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING), .confirm = true, .act = act_survey_release, .fields = SURVEY_RELEASE_FIELDS,
      .template = "survey_desk", .help = "surveys#desk", .example = "/w/minamo/surveys/kumin-2024/release", .title = { "アンケートの公表", "Publishing a survey" } },
    { .path = "/w/:org/proposals", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_proposals, .template = "proposals", .table = "open",
      .help = "actuals#proposals", .example = "/w/minamo/proposals", .title = { "実績の提案", "Proposed actuals" } },
    { .method = METHOD_POST, .path = "/w/:org/proposals", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_proposals,
      .fields = PROPOSAL_FIELDS, .template = "proposals", .help = "actuals#proposals", .example = "/w/minamo/proposals", .title = { "提案を決める", "Deciding about a proposal" } },
    { .path = "/w/:org/i/:key", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_bind, .template = "bind",
      .help = "actuals#bind", .example = "/w/minamo/i/facd44f31f26", .title = { "指標の測り方", "How an indicator is measured" } },
    { .method = METHOD_POST, .path = "/w/:org/i/:key", .who = NEED_DUTY, .duties = DUTIES_WRITE, .scope = SCOPE_WITHIN, .act = act_bind,
      .fields = BIND_FIELDS, .template = "bind", .help = "actuals#bind", .example = "/w/minamo/i/facd44f31f26", .title = { "測り方を保存する", "Saving how an indicator is measured" } },
    { .path = "/w/:org/council", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_council_staff, .template = "council_staff",
      .help = "council#staff", .example = "/w/minamo/council", .title = { "区政会議の記入", "Keeping the council" } },
    { .method = METHOD_POST, .path = "/w/:org/council", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING) | DUTY_BIT(DUTY_LISTENER), .act = act_council,
      .fields = COUNCIL_FIELDS, .template = "council_staff", .help = "council#staff", .example = "/w/minamo/council", .title = { "委員の保存", "Saving the seats" } },
    { .path = "/w/:org/council/new", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING) | DUTY_BIT(DUTY_LISTENER), .page = page_meeting_new, .template = "meeting_staff",
      .help = "council#staff", .example = "/w/minamo/council/new", .title = { "会議を加える", "Adding a meeting" } },
    { .method = METHOD_POST, .path = "/w/:org/council/new", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING) | DUTY_BIT(DUTY_LISTENER), .act = act_meeting_new,
      .fields = MEETING_FIELDS, .template = "meeting_staff", .help = "council#staff", .example = "/w/minamo/council/new", .title = { "新しい会議の保存", "Saving a new meeting" } },
    { .path = "/w/:org/council/:year/:meeting", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_meeting_staff, .template = "meeting_staff",
      .help = "council#staff", .example = "/w/minamo/council/2025/1", .title = { "会議を直す", "Changing a meeting" } },
    { .method = METHOD_POST, .path = "/w/:org/council/:year/:meeting", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING) | DUTY_BIT(DUTY_LISTENER), .act = act_meeting,
      .fields = MEETING_FIELDS, .template = "meeting_staff", .help = "council#staff", .example = "/w/minamo/council/2025/1", .title = { "会議の保存", "Saving a meeting" } },
    { .path = "/w/:org/:year", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_board, .template = "board",
      .help = "cycle#board", .example = "/w/minamo/2025", .title = { "作業の一覧", "Work in hand" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/move", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING) | DUTY_BIT(DUTY_MAYOR), .confirm = true, .act = act_board_move,
      .fields = BOARD_MOVE_FIELDS, .template = "board", .help = "cycle#phases", .example = "/w/minamo/2025/move", .title = { "次に進める", "Moving on" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/due", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING), .act = act_board_due,
      .fields = BOARD_DUE_FIELDS, .template = "board", .help = "cycle#due", .example = "/w/minamo/2025/due", .title = { "期限を決める", "Setting due dates" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/assign", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING), .act = act_board_assign,
      .fields = BOARD_ASSIGN_FIELDS, .template = "board", .help = "cycle#board", .example = "/w/minamo/2025/assign", .title = { "課に割り当てる", "Giving to a section" } },
    { .path = "/w/:org/:year/commitments", .who = NEED_DUTY, .duties = DUTIES_READ, .scope = SCOPE_WITHIN, .page = page_decisions, .template = "decisions",
      .help = "cycle#commitments", .example = "/w/minamo/2025/commitments", .title = { "改善の約束を決める", "Deciding about promises" } },
    { .method = METHOD_POST, .path = "/w/:org/:year/commitments", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_PLANNING), .act = act_decide,
      .fields = PROMISE_FIELDS, .template = "decisions", .help = "cycle#commitments", .example = "/w/minamo/2025/commitments", .title = { "改善の約束を決める", "Deciding about a promise" } },
    /* registers and ledgers as their sections enter them */
    { .path = "/w/:org/evidence", .who = NEED_DUTY, .duties = DUTIES_ALL, .scope = SCOPE_WITHIN, .page = page_entry_books, .template = "entry_books", .table = "registers",
      .help = "registers#enter", .example = "/w/minamo/evidence", .title = { "台帳への記入", "Entering registers" } },
    { .method = METHOD_POST, .path = "/w/:org/evidence", .who = NEED_DUTY, .duties = DUTIES_DEFINE, .act = act_entry_open, .fields = ENTRY_OPEN_FIELDS,
      .template = "entry_books", .help = "registers#enter", .example = "/w/minamo/evidence", .title = { "台帳を使い始める", "Opening a register" } },
    { .path = "/w/:org/evidence/new", .who = NEED_DUTY, .duties = DUTIES_DEFINE, .page = page_entry_new, .template = "entry_definition",
      .help = "registers#define", .example = "/w/minamo/evidence/new", .title = { "新しい台帳を作る", "A register of one's own" } },
    { .method = METHOD_POST, .path = "/w/:org/evidence/new", .who = NEED_DUTY, .duties = DUTIES_DEFINE, .act = act_entry_new, .fields = DEFINITION_FIELDS,
      .template = "entry_definition", .help = "registers#define", .example = "/w/minamo/evidence/new", .title = { "新しい台帳を作る", "Making a register" } },
    { .path = "/w/:org/evidence/:register/definition", .who = NEED_DUTY, .duties = DUTIES_ALL, .scope = SCOPE_WITHIN, .page = page_entry_definition, .template = "entry_definition",
      .help = "registers#define", .example = "/w/minamo/evidence/training/definition", .title = { "台帳の項目", "Fields of a register" } },
    { .method = METHOD_POST, .path = "/w/:org/evidence/:register/definition", .who = NEED_DUTY, .duties = DUTIES_DEFINE, .act = act_entry_definition, .fields = DEFINITION_FIELDS,
      .template = "entry_definition", .help = "registers#define", .example = "/w/minamo/evidence/training/definition", .title = { "台帳の項目を変える", "Changing the fields of a register" } },
    { .path = "/w/:org/evidence/:register", .who = NEED_DUTY, .duties = DUTIES_ALL, .scope = SCOPE_WITHIN, .page = page_entry, .template = "entry", .table = "rows",
      .help = "registers#enter", .example = "/w/minamo/evidence/training", .title = { "台帳の記入", "Entering a register" } },
    { .method = METHOD_POST, .path = "/w/:org/evidence/:register", .who = NEED_DUTY, .duties = DUTIES_ENTER, .scope = SCOPE_WITHIN, .act = act_entry, .fields = ENTRY_FIELDS,
      .template = "entry", .help = "registers#enter", .example = "/w/minamo/evidence/training", .title = { "1件記入する", "Entering one line" } },
    { .path = "/w/:org/evidence/:register/bulk", .who = NEED_DUTY, .duties = DUTIES_ALL, .scope = SCOPE_WITHIN, .page = page_entry_bulk, .template = "entry_bulk",
      .help = "registers#bulk", .example = "/w/minamo/evidence/training/bulk", .title = { "表から取り込む", "From a table" } },
    { .method = METHOD_POST, .path = "/w/:org/evidence/:register/bulk", .who = NEED_DUTY, .duties = DUTIES_ENTER, .scope = SCOPE_WITHIN, .act = act_entry_bulk, .fields = ENTRY_BULK_FIELDS,
      .template = "entry_bulk", .help = "registers#bulk", .example = "/w/minamo/evidence/training/bulk", .title = { "表を読む・保存する", "Reading and storing a table" } },
    { .path = "/w/:org/evidence/:register/calendar", .who = NEED_DUTY, .duties = DUTIES_ALL, .scope = SCOPE_WITHIN, .page = page_entry_calendar, .template = "entry_calendar",
      .help = "registers#views", .example = "/w/minamo/evidence/training/calendar", .title = { "台帳のカレンダー", "Calendar of a register" } },
    { .path = "/w/:org/evidence/:register/areas", .who = NEED_DUTY, .duties = DUTIES_ALL, .scope = SCOPE_WITHIN, .page = page_entry_areas, .template = "entry_areas",
      .help = "registers#views", .example = "/w/minamo/evidence/explanation-meetings/areas", .title = { "地域と月", "Areas and months" } },
    { .path = "/w/:org/evidence/:register/planned", .who = NEED_DUTY, .duties = DUTIES_ALL, .scope = SCOPE_WITHIN, .page = page_entry_planned, .template = "entry_planned", .table = "groups",
      .help = "registers#views", .example = "/w/minamo/evidence/training/planned", .title = { "計画と実施", "Planned and done" } },
    { .path = "/w/:org/evidence/:register/:entry", .who = NEED_DUTY, .duties = DUTIES_ALL, .scope = SCOPE_WITHIN, .page = page_entry_one, .template = "entry_one",
      .help = "registers#mend", .example = "/w/minamo/evidence/training/0000000000000000", .title = { "台帳の1件", "One entry" } },
    { .method = METHOD_POST, .path = "/w/:org/evidence/:register/:entry", .who = NEED_DUTY, .duties = DUTIES_ENTER, .scope = SCOPE_WITHIN, .act = act_entry_one, .fields = ENTRY_EDIT_FIELDS,
      .template = "entry_one", .help = "registers#mend", .example = "/w/minamo/evidence/training/0000000000000000", .title = { "1件を直す", "Mending an entry" } },
    { .method = METHOD_POST, .path = "/w/:org/evidence/:register/:entry/void", .who = NEED_DUTY, .duties = DUTIES_ENTER, .scope = SCOPE_WITHIN, .act = act_entry_void, .fields = ENTRY_VOID_FIELDS,
      .template = "entry_one", .help = "registers#mend", .example = "/w/minamo/evidence/training/0000000000000000/void", .title = { "1件を取り消す", "Taking an entry back" } },
    { .path = "/w/:org/voices", .who = NEED_DUTY, .duties = VOICE_READERS, .scope = SCOPE_WITHIN, .page = page_voices_staff, .template = "voices_staff", .table = "voices",
      .help = "hearing", .example = "/w/minamo/voices", .title = { "声の一覧", "Voices" } },
    { .path = "/w/:org/voices/new", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .page = page_voice_enter, .template = "voice_enter",
      .help = "hearing#in", .example = "/w/minamo/voices/new", .title = { "声を書きとめる", "Write down a voice" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/new", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .act = act_voice_enter,
      .fields = VOICE_ENTER_FIELDS, .template = "voice_enter", .help = "hearing#in", .example = "/w/minamo/voices/new", .title = { "声を書きとめる", "Write down a voice" } },
    { .path = "/w/:org/voices/box", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .page = page_voice_box, .template = "voice_box",
      .help = "hearing#in", .example = "/w/minamo/voices/box", .title = { "改善箱を月ごとに入れる", "Sheet of a box" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/box", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .act = act_voice_box,
      .fields = VOICE_BOX_FIELDS, .template = "voice_box", .help = "hearing#in", .example = "/w/minamo/voices/box", .title = { "改善箱を月ごとに入れる", "Sheet of a box" } },
    { .path = "/w/:org/voices/import", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .page = page_voice_import, .template = "voice_import",
      .help = "hearing#in", .example = "/w/minamo/voices/import", .title = { "声を表から取り込む", "Import voices" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/import", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .act = act_voice_import,
      .fields = VOICE_IMPORT_FIELDS, .template = "voice_import", .help = "hearing#in", .example = "/w/minamo/voices/import", .title = { "声を表から取り込む", "Import voices" } },
    { .path = "/w/:org/voices/survey", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .page = page_voice_survey, .template = "voice_survey",
      .help = "hearing#in", .example = "/w/minamo/voices/survey", .title = { "アンケートの自由意見を取り込む", "Comments of surveys" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/survey", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .act = act_voice_survey,
      .fields = VOICE_SURVEY_FIELDS, .template = "voice_survey", .help = "hearing#in", .example = "/w/minamo/voices/survey", .title = { "アンケートの自由意見を取り込む", "Comments of surveys" } },
    { .path = "/w/:org/voices/settings", .who = NEED_DUTY, .duties = VOICE_READERS, .scope = SCOPE_WITHIN, .page = page_voice_settings, .template = "voice_settings",
      .help = "hearing#settings", .example = "/w/minamo/voices/settings", .title = { "広聴の設定", "Settings of hearing" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/settings", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER) | DUTY_BIT(DUTY_PLANNING), .act = act_voice_settings,
      .fields = VOICE_SETTINGS_FIELDS, .template = "voice_settings", .help = "hearing#settings", .example = "/w/minamo/voices/settings", .title = { "広聴の設定", "Settings of hearing" } },
    { .path = "/w/:org/voices/:year/:voice", .who = NEED_DUTY, .duties = VOICE_READERS, .scope = SCOPE_WITHIN, .page = page_voice_staff, .template = "voice_staff",
      .help = "hearing#one", .example = "/w/minamo/voices/2025/1", .title = { "声", "Voice" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/:year/:voice", .who = NEED_DUTY, .duties = VOICE_READERS, .scope = SCOPE_WITHIN, .act = act_voice_step,
      .fields = VOICE_STEP_FIELDS, .template = "voice_staff", .help = "hearing#one", .example = "/w/minamo/voices/2025/1", .title = { "声の処理", "A step of a voice" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/:year/:voice/look", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .scope = SCOPE_WITHIN, .act = act_voice_look,
      .fields = VOICE_LOOK_FIELDS, .template = "voice_staff", .help = "hearing#personal", .example = "/w/minamo/voices/2025/1/look", .title = { "受け取った文を見る", "Reading the received text" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/:year/:voice/erase", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .confirm = true, .act = act_voice_erase,
      .fields = VOICE_LOOK_FIELDS, .template = "voice_staff", .help = "hearing#personal", .example = "/w/minamo/voices/2025/1/erase", .title = { "受け取った文の消去", "Erasing the received text" } },
    { .method = METHOD_POST, .path = "/w/:org/voices/:year/:voice/disclosure", .who = NEED_DUTY, .duties = DUTY_BIT(DUTY_LISTENER), .confirm = true, .act = act_voice_disclosure,
      .fields = VOICE_LOOK_FIELDS, .template = "voice_staff", .help = "hearing#personal", .example = "/w/minamo/voices/2025/1/disclosure", .title = { "開示のための書き出し", "Export for a disclosure request" } },
    { .path = "/static/:key/:name", .who = NEED_PUBLIC, .file = file_static,
      .example = "/static/000000000000/meguri.css", .title = { "ページの部品", "Static file" } },
    { .path = "/favicon.svg", .who = NEED_PUBLIC, .file = file_icon,
      .example = "/favicon.svg", .title = { "アイコン", "Icon" } },
    { .path = "/robots.txt", .who = NEED_PUBLIC, .file = file_robots,
      .example = "/robots.txt", .title = { "検索ロボットへ", "For robots" } },
    { .path = "/healthz", .who = NEED_PUBLIC, .file = file_healthz,
      .example = "/healthz", .title = { "動いているか", "Health" } },
};
/* clang-format on */

const struct route *routes_all(size_t *count)
{
    *count = sizeof ROUTES / sizeof ROUTES[0];
    return ROUTES;
}

/* A record's hash holds the time at which it was written, so only the data itself knows one. */
static str record_example(struct arena *a, const char *data)
{
    AUTO(conn_close) struct conn *c = NULL;
    struct history newest = { .page = { 0, 1 }, .is_public = true };
    struct record_rows rows;
    struct err ignored;
    struct buf b;

    if (!data || !store_open(data, STORE_READ, &c, &ignored)
        || !store_history(c, a, &newest, &rows, &ignored) || !rows.count)
        return (str){ 0 };
    buf_init(&b, a, 80, 80);
    buf_put(&b, STR("/records/"));
    hash_put(&b, rows.rows[0].hash);
    return buf_str(&b);
}

/* The newest document: the record of it is named after the hash of its bytes. */
static str blob_example(struct arena *a, const char *data)
{
    enum { LOOKED_AT = 200 };
    AUTO(conn_close) struct conn *c = NULL;
    const struct history newest = { .page = { 0, LOOKED_AT }, .is_public = true };
    const str source = STR("source/");
    struct record_rows found;
    struct err ignored;

    if (!data || !store_open(data, STORE_READ, &c, &ignored)
        || !store_history(c, a, &newest, &found, &ignored))
        return (str){ 0 };
    for (uint32_t k = 0; k < found.count; k++) {
        if (str_starts(found.rows[k].entity, source))
            return str_fmt(a, "/blobs/%.*s", STR_ARG(str_skip(found.rows[k].entity, source.n)));
    }
    return (str){ 0 };
}

/* "/people/u0123456789/...": the first account. */
static str account_example(struct arena *a, const struct route *r, const char *data)
{
    AUTO(conn_close) struct conn *c = NULL;
    const struct page_of first = { 0, 1 };
    str tail = str_skip(str_from(r->example), strlen("/people/u0000000000"));
    struct account_rows found;
    struct err ignored;

    if (!data || !store_open(data, STORE_READ, &c, &ignored)
        || !store_accounts(c, a, (str){ 0 }, first, &found, &ignored) || !found.count)
        return (str){ 0 };
    return str_fmt(a, "/people/%.*s%.*s", STR_ARG(found.rows[0].id), STR_ARG(tail));
}

/* "/w/minamo/evidence/training/…": the entry that was entered last. */
static str entry_example(struct arena *a, const struct route *r, const char *data)
{
    AUTO(conn_close) struct conn *c = NULL;
    const struct book_ref ref = { STR("minamo"), STR("register/training") };
    const str head = STR("/w/minamo/evidence/training/0000000000000000");
    struct register_entry last;
    struct register_def d;
    struct hash record;
    struct err ignored;

    if (!data || !store_open(data, STORE_READ, &c, &ignored)
        || !store_book(c, a, &ref, &d, &record, &ignored)
        || !store_entry_last(c, a, &(struct open_book){ ref, &d }, &last, &ignored)
        || !last.id.n)
        return (str){ 0 };
    return str_fmt(a, "/w/minamo/evidence/training/%.*s%.*s", STR_ARG(last.id),
                   STR_ARG(str_skip(str_from(r->example), head.n)));
}

/* "/o/minamo/voices/2025/3": the newest of the ward's that may be read. */
static str voice_example(struct arena *a, const struct route *r, const char *data)
{
    AUTO(conn_close) struct conn *c = NULL;
    const str path = str_from(r->path), name = STR(":voice");
    const str tail = str_skip(path, (size_t)str_find(path, name) + name.n);
    struct opinion_rows found;
    struct err ignored;

    if (data && store_open(data, STORE_READ, &c, &ignored)
        && store_opinions_latest(c, a, STR("minamo"), LIMIT_PAGE_ROWS, &found, &ignored)) {
        for (uint32_t k = 0; k < found.count; k++)
            if (!found.rows[k].is_withheld)
                return str_fmt(a, "%.*s/minamo/voices/%d/%d%.*s", STR_ARG(str_take(path, 2)),
                               found.rows[k].fiscal_year, found.rows[k].number, STR_ARG(tail));
    }
    return str_from(r->example);
}

static str example_of(struct arena *a, const struct route *r, const char *data)
{
    struct assets assets;

    if (r->page == page_one_record)
        return record_example(a, data);
    if (route_param(r, "entry") >= 0)
        return entry_example(a, r, data);
    if (route_param(r, "account") >= 0)
        return account_example(a, r, data);
    if (route_param(r, "voice") >= 0)
        return voice_example(a, r, data);
    if (r->file == file_blob)
        return blob_example(a, data);
    if (r->file != file_static)
        return str_from(r->example);
    assets_builtin(a, &assets); /* the address names the bytes of this very program */
    return asset_find(&assets, STR("meguri.css"))->url;
}

/* "public", "account", "editor head planning (section)", ... */
static str who_put(struct arena *a, const struct route *r)
{
    static const char *const SCOPES[] = { [SCOPE_OBJECT] = "",
                                          [SCOPE_WITHIN] = " (or a section of it)",
                                          [SCOPE_ANY] = " (anywhere)",
                                          [SCOPE_ACCOUNT] =
                                              " (wherever the account holds a duty)" };
    struct buf b;

    if (r->who != NEED_DUTY)
        return r->who == NEED_ACCOUNT ? STR("account") : STR("public");
    buf_init(&b, a, 80, 200);
    for (int d = 0; d < DUTY_COUNT; d++) {
        if (!(r->duties & DUTY_BIT(d)))
            continue;
        buf_put_c(&b, b.n ? " " : "");
        buf_put(&b, duty_word((enum duty)d));
    }
    buf_put_c(&b, SCOPES[r->scope]);
    return buf_str(&b);
}

bool web_route_at(struct arena *a, size_t number, const char *data, struct web_route_info *out)
{
    const struct route *r;

    if (number >= sizeof ROUTES / sizeof ROUTES[0])
        return false;
    r = &ROUTES[number];
    *out = (struct web_route_info){
        .method = r->method == METHOD_POST ? STR("POST") : STR("GET"),
        .path = str_from(r->path),
        .example = example_of(a, r, data),
        .title = { str_from(r->title[LANG_JA]), str_from(r->title[LANG_EN]) },
        .who = who_put(a, r),
        .is_page = r->page != NULL,
        .has_csv = r->table != NULL,
    };
    return true;
}
