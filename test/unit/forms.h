/* What t_web_templates opens besides the examples of the routes: forms that are refused, and
 * odd corners of the sample. */
#ifndef MEGURI_TEST_FORMS_H
#define MEGURI_TEST_FORMS_H

/* Forms whose pages show what no GET shows. */
static const char *const FORMS[][2] = {
    { "/sign-in", "login=nobody&password=x&to=/o/minamo" },
    { "/sign-in", "login=nobody&password=x&to=/w/x&post=1&carry=a%3Db" },
    { "/sign-in", "login=a%0Ab&password=a%0Ab" },
    { "/sign-in", "login=factor&password=a-long-passphrase-of-mine" },
    { "/sign-in", "login=a&code=a%0Ab" },
    { "/sign-in", "ticket=a&code=1" },
    { "/confirm", "password=" },
    { "/o/minamo/surveys/monitor-2024/answer", "code=nobody&do=next" },
    { "/confirm", "password=x&to=/w/x&post=1&carry=a%3Db" },
    { "/account/name", "name=a%0Ab&mail=a%0Ab" },
    { "/account/password", "current=a%0Ab&new=a%0Ab&again=a%0Ab&to=/w/x&post=1&carry=a%3Db" },
    { "/account/factor", "to=/w/x&post=1&carry=a%3Db" },
    { "/account/factor-code", "code=1&secret=A&uri=otpauth" },
    { "/account/recovery", "" },
    { "/w/minamo/2026/due", "plan=x&midyear=x&evaluation=x" },
    { "/w/minamo/2026/move", "move=propose" },
    { "/w/minamo/start", "year=abc&way=roll" },
    { "/w/minamo/catalogue",
      "title=a%0Ab&population=a%0Ab&unit=a%0Ab&decimals=x&valid_from=x&common=a%0Ab"
      "&direction=higher" },
    { "/w/minamo/evidence", "preset=a%0Ab" },
    { "/w/minamo/evidence/training", "v.date=x&v.eligible=a&v.taken=b" },
    { "/w/minamo/evidence/training", "v.date=2024-06-03&v.title=a&v.eligible=1&v.taken=2" },
    { "/w/minamo/evidence/training/bulk", "do=check&year=x" },
    { "/w/minamo/evidence/training/bulk", "do=check&text=%22" },
    { "/w/minamo/evidence/training/bulk", "do=check&carried=%21" },
    { "/w/minamo/evidence/training/bulk", "do=check&heading=99&text=a,b" },
    { "/w/minamo/evidence/training/bulk",
      "do=check&text=date,title,eligible,taken,x%0A2025-01-01,a,1,1,1%0A2025-01-02,b,,(x)" },
    { "/w/minamo/evidence/training/bulk",
      "do=check&carried_name=a.csv&carried="
      "ZGF0ZSx0aXRsZSxlbGlnaWJsZSx0YWtlbgoyMDI1LTAxLTAxLGEsMSwxCg==" },
    { "/w/minamo/evidence/new",
      "do=save&rows=3&name=&name_en=a%0Ab&about=a%0Ab&about_en=a%0Ab&key=a%0Ab&f.0.unit=x"
      "&f.0.kind=zzz&f.1.label=a&f.1.kind=choice&f.1.label_en=a%0Ab&f.1.unit=a%0Ab"
      "&f.1.headings=a%0Ab&f.2.label=b&f.2.kind=zzz&k.0.less=1&k.0.more=" },
    { "/w/minamo/evidence/new", "do=save&rows=2&name=a&f.0.label=a&f.0.kind=date" },
    { "/w/minamo/evidence/new", "do=more&rows=2&name=a" },
    { "/w/minamo/i/facd44f31f26",
      "source=register/"
      "training&value=ratio&of1=taken&of2=eligible&unit=%25&decimals=1&do=preview"
      "&filter.form.elearning=1&only.section=%E7%AA%93%E5%8F%A3" },
    { "/w/minamo/i/facd44f31f26", "source=manual&year.2024.number=x&do=save" },
    { "/w/minamo/proposals",
      "indicator=facd44f31f26&year=2024&do=decline&reason=&seen="
      "0000000000000000000000000000000000000000000000000000000000000000" },
    { "/people/new", "login=a%0Ab&name=a%0Ab&mail=a%0Ab" },
    { "/w/minamo/council", "title=a%0Ab&basis=a%0Ab" },
    { "/w/minamo/council", "title=a&seat.new-1.kind=a" },
    { "/w/minamo/council/new",
      "title=a%0Ab&group=a%0Ab&day=x&from=a%0Ab&to=a%0Ab&place=a%0Ab&reason=a%0Ab&watching=x"
      "&published=x&paper_title=a%0Ab&state=held" },
    { "/w/minamo/council/2024/1", "title=a&state=cancelled&day=2024-06-18" },
    { "/o/minamo/voices/new", "key=a&text=&contact=a%0Ab&category=a%0Ab" },
    { "/o/minamo/voices/receipt", "number=a%0Ab&secret=" },
    { "/o/minamo/voices/receipt", "number=2025-000001&secret=a" },
    { "/w/minamo/2024/1/plan", "do=save&indicator.i1.target=x&outlook=1" },
    { "/w/minamo/2024/1/plan", "do=add+activity&seed=0a1b" },
    { "/w/minamo/2024/1/evaluation", "do=add+extra&seed=0a1b" },
};

/* Pages besides the examples, so that the samples' odd corners are seen too. */
static const char *const MORE[] = {
    "/search?q=%E5%8C%BA%E6%B0%91",
    "/search?q=%E5%8C%BA%E6%B0%91&page=2",
    "/search?q=zzzz",
    "/o/minamo/2022",
    "/o/minamo/2024",
    "/o/minamo/2022/findings",
    "/o/minamo/2024/findings?severity=W",
    "/o/minamo/2022/source",
    "/o/minamo/2024/source",
    "/o/minamo/2024/history",
    "/o/komorebi",
    "/o/komorebi/2024/2",
    "/?q=zzz",
    "/o/minamo/surveys/kumin-2023",
    "/o/minamo/surveys/iin-2024",
    "/o/komorebi/surveys",
    "/o/komorebi/evidence",
    "/o/minamo/evidence/explanation-meetings?year=2022",
    "/o/minamo/evidence/insurance-collection",
    "/o/minamo/evidence/insurance-collection?year=2020",
    "/o/minamo/2023?at=2024-12-31",
    "/o/minamo/2023/1?at=2024-12-31",
    "/w/komorebi/evidence",
    "/w/minamo/evidence/insurance-collection/calendar?month=2024-06",
    "/w/minamo/evidence/training/planned?year=2023&at=2024-12-31",
    "/w/minamo/evidence/training/areas",
    "/o/minamo/evidence?at=2024-12-31",
    "/o/minamo/evidence/insurance-collection?at=2024-12-31",
    "/w/minamo/evidence/new?like=incidents",
    "/w/minamo/evidence/training/definition?done=1",
    "/w/minamo/evidence/training?like=last&fresh=1&text=zzz",
    "/w/minamo/evidence/training?at=2024-12-31",
    "/w/minamo/evidence/explanation-meetings?v.area=a",
    "/sign-in?to=/o/minamo",
    "/account?done=name",
    "/people?q=zzz",
    "/w/minamo/2024/1?done=submit",
    "/w/minamo/2024/2",
    "/w/minamo/2023/1",
    "/w/minamo/2023/2",
    "/w/minamo/2023/3",
    "/w/minamo/2023/1/evaluation",
    "/w/minamo/2024/1/plan?saved=1",
    "/w/minamo/2024/1/evaluation?saved=same",
    "/o/minamo/2025/commitments",
    "/o/minamo/2022/commitments",
    "/o/minamo/2024/commitments?at=2024-12-31",
    "/w/minamo/2026",
    "/w/minamo/2026/commitments",
    "/w/minamo/catalogue?entry=fe05c21c8249",
    "/w/komorebi",
    "/w/minamo/proposals?done=accept",
    "/w/minamo/proposals?indicator=facd44f31f26",
    "/w/minamo/i/facd44f31f26?done=save",
    "/w/minamo/i/d1f8476e1f3b",
    "/w/minamo/i/facd44f31f26?source=manual",
    "/w/minamo/i/facd44f31f26?source=survey/kumin-%7Byear%7D",
    "/w/minamo/i/facd44f31f26?source=register/training&give=rate",
};

/* One survey after the other step of its making. */
#define SURVEY_AT "/w/minamo/surveys/desk-2025"
static const char *const SURVEY_FORMS[][2] = {
    { "/w/minamo/surveys/new", "do=add&title=a%0Ab&year=x&q.0.key=q1&q.0.number=a%0Ab" },
    { "/w/minamo/surveys/new",
      "key=desk-2025&title=a&year=2025&population=b&sampling=random&small=5&source=s"
      "&q.0.key=sex&q.0.number=F1&q.0.text=s&q.0.kind=single&q.0.choices=1+m%0A2+f"
      "&q.0.attribute=1&q.0.margin=50,50&q.1.key=q1&q.1.number=1&q.1.text=t&q.1.kind=single"
      "&q.1.choices=1+a%0A2+b&q.1.yes=1&q.1.only=sex&q.1.codes=1&q.1.indicators=i" },
    { SURVEY_AT "/edit", "do=add&q.0.key=sex" },
    { SURVEY_AT "/invite", "count=0" },
    { SURVEY_AT "/invite", "count=2" },
    { SURVEY_AT "/collect", "do=check" },
    { SURVEY_AT "/answers", "do=check" },
    { SURVEY_AT "/answers", "do=check&text=F1,1%0A1,7%0A" },
    { SURVEY_AT "/answers", "do=store&text=F1,1%0A1,1%0A2,%0A" },
    { SURVEY_AT "/state", "do=close" },
    { SURVEY_AT "/release", "reason=a%0Ab" },
    { "/w/minamo/surveys/kumin-2024/tally", "do=check&by=sex&t.0-0-0=x&t.2-0-1=x" },
};
static const char *const SURVEY_PAGES[] = {
    SURVEY_AT,
    "/w/minamo/surveys/monitor-2024",
    "/w/minamo/surveys/kumin-2024/tally?by=sex",
    "/w/minamo/surveys/new?preset=residents",
};

#endif
