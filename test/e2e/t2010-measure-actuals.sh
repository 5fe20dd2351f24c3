#!/bin/sh
# The sample ward's three years run on evidence alone: every indicator of its plans is bound, fed
# and judged; what is published agrees with the evidence but where it was meant not to; a change
# is proposed, accepted or declined.
. "$(dirname "$0")/lib.sh"

ward() { sample meguri.db; }

cat >"$test_dir/look.py" <<'END'
"""look.py YEAR...: reads what `actual propose` and the plans' pages say; prints what is missing."""
import json, sys
faults = []
for year in sys.argv[1:]:
    got = {}
    for line in open(f'{year}.ndjson', encoding='utf-8'):
        one = json.loads(line)
        got[one['name']] = one
    plan = [i for i in json.load(open(f'{year}.json', encoding='utf-8'))['indicators']]
    for i in plan:
        name, one = i['name'], got.get(i['name'])
        if not one:
            faults.append(f'{year} {name}: not bound'); continue
        e = one['evidence']
        if e['value'] is None: faults.append(f'{year} {name}: no value: {one["why_not"]}'); continue
        if one['accepted'] != e['value']: faults.append(f'{year} {name}: accepted {one["accepted"]}, evidence {e["value"]}')
        if one['verdict'] not in ('met', 'not_met', 'not_measurable'): faults.append(f'{year} {name}: {one["verdict"]}')
        if one['verdict'] == 'not_measurable' and i['verdict'] != 'not_measurable': faults.append(f'{year} {name}: judged by nobody')
        if not e['is_final']: faults.append(f'{year} {name}: not final')
        if not e['entered'] and not e['evidence']['digest']: faults.append(f'{year} {name}: no hash of the evidence')
        if not e['entered'] and not e['evidence']['definition']: faults.append(f'{year} {name}: no hash of the definition')
        if e['entered'] and not (e['entered']['source'] and e['entered']['by'] and e['entered']['on']): faults.append(f'{year} {name}: by hand, but by whom, from what?')
        if not e['as_of'] and e['value'] != '0': faults.append(f'{year} {name}: as of when?')
        if e['unit'] == '%' and not e['entered'] and not (e['numerator'] and e['denominator']): faults.append(f'{year} {name}: a share of how many?')
        kind = (e['evidence']['book'] or '').split('/')
        sample = kind[0] == 'survey' and not kind[1].startswith('iin')  # of the members everybody answered
        if sample and not e['interval']: faults.append(f'{year} {name}: no interval')
        if not sample and e['interval']: faults.append(f'{year} {name}: an interval of what is no sample')
        differs = i['actual'] is not None and float(i['actual']) != float(e['value'])
        lost = year == '2022' and i['actual'] is None
        meant = (name, year) in {('証明書窓口の平均待ち時間', '2024'), ('「区役所窓口サービス格付け」の総合評価', '2022')}
        if differs != meant and not lost: faults.append(f'{year} {name}: published {i["actual"]}, evidence {e["value"]}')
    print(year, len(plan), len(got))
print('\n'.join(faults))
sys.exit(bool(faults))
END

every_indicator_of_three_years_is_fed_by_evidence_and_judged() {
    ward
    serve_start meguri.db
    for year in 2022 2023 2024; do
        meguri actual propose --org minamo --year $year --format json >$year.ndjson || bad "propose $year"
        curl -s "$url/o/minamo/$year.json" >$year.json
    done
    serve_stop
    run python3 "$test_dir/look.py" 2022 2023 2024
    status_is 0
    [ "$status" -eq 0 ] || show out
}

each_kind_of_the_manual_has_its_counterpart_in_the_sample() {
    ward
    grep -E '^\| [0-9]+ \|' "$TOP/docs/manual/actuals.md" | sed 's/ |$//; s/.*| //' >kinds
    [ "$(wc -l <kinds)" -eq 23 ] || bad "23 kinds"
    meguri actual propose --org minamo --year 2024 | cut -f2 >bound
    while read -r name; do
        grep -qxF "$name" bound || bad "bound: $name"
    done <kinds
}

a_change_is_proposed_and_a_new_value_accepted_by_hand_only() {
    ward
    printf '日付,連携先,連携先の種類,地域,内容\n2025/3/20,みなも銀行,企業,栄,見守り講座\n' >late.csv
    holds meguri register import late.csv --org minamo --register partnerships --apply --reason 遅れて届いた >/dev/null
    name=まちづくり協議会と企業・学校・NPOとが連携した取組の件数
    run meguri actual propose --org minamo --year 2024 --indicator "$name"
    out_has "$(printf '公表 9件\t確定 9件\t台帳 10件')"
    out_has 未確定
    run meguri actual accept --org minamo --year 2024 --indicator "$name" --reason 遅れた記録を確かめた
    out_has "確定 10件"
    run meguri actual propose --org minamo --year 2024 --indicator "$name"
    out_lacks 未確定
    run meguri verify
    status_is 0
}

a_proposal_is_declined_with_its_reason_from_the_shell_as_in_the_browser() {
    ward
    printf '日付,連携先,連携先の種類,地域,内容\n2025/3/20,みなも銀行,企業,栄,見守り講座\n' >late.csv
    holds meguri register import late.csv --org minamo --register partnerships --apply --reason 遅れて届いた >/dev/null
    name=まちづくり協議会と企業・学校・NPOとが連携した取組の件数
    run meguri actual decline --org minamo --year 2024 --indicator "$name"
    status_is 2
    err_has 見送る理由を書いてください
    run meguri actual decline --org minamo --year 2024 --reason 重なっている
    status_is 2
    err_has "--indicator"
    run meguri actual decline --org minamo --year 2024 --indicator "$name" --reason 同じ取組を2回数えている
    status_is 0
    out_has "$(printf '確定 9件\t台帳 10件')"
    out_has 見送り
    out_lacks 未確定
    run meguri actual propose --org minamo --year 2024 --indicator "$name" --format json
    out_has '"is_declined":true'
    run meguri actual decline --org minamo --year 2024 --indicator "$name" --reason もう一度
    status_is 2
    err_has 決める提案はありません
    printf '日付,連携先,連携先の種類,地域,内容\n2025/3/21,みなも書店,企業,栄,読み聞かせ\n' >later.csv
    holds meguri register import later.csv --org minamo --register partnerships --apply --reason 遅れて届いた >/dev/null
    run meguri actual propose --org minamo --year 2024 --indicator "$name"
    out_has "台帳 11件"
    out_has 未確定
    run meguri verify
    status_is 0
}

what_the_audit_knows_of_the_evidence_is_in_the_findings() {
    ward
    serve_start meguri.db
    curl -s "$url/o/minamo/2024/findings.csv" >found.csv
    serve_stop
    for rule in P9 C6 C8 C10 C11; do
        grep -qw "$rule" found.csv || bad "a finding by $rule"
    done
    [ "$(grep -cw C11 found.csv)" -eq 1 ] || bad "one result differs from its evidence"
    [ "$(grep -cw C8 found.csv)" -eq 1 ] || bad "one outlook disagrees with the ledger"
}

voices_are_evidence_too_and_a_change_in_them_proposes_an_actual() {
    ward
    name=市民の声に14日以内に回答した割合
    got() { run meguri actual propose --org minamo --year "$year" --indicator "$name"; }
    ago() { TZ=Asia/Tokyo date -d "$1 days ago" +%F; }
    days=60 # two days of one fiscal year
    case $(ago 60) in *-03-31) days=70 ;; esac
    run meguri voice receive --org minamo --on "$(ago $days)" --way letter --category roads --text 灯りが消えている --format json
    year=$(sed -n 's/.*"voice": *"\([0-9]*\)-.*/\1/p' out | head -1)
    [ -n "$year" ] || bad "no year of receipt: $(cat out)"
    got
    out_has "台帳 0.0%(0/1)"
    out_has 速報
    out_has 未確定
    run meguri actual accept --org minamo --year "$year" --indicator "$name" --reason 途中の値
    out_lacks 未確定
    # what is not due yet says nothing, answered or not; what falls due unanswered does
    holds meguri voice receive --org minamo --category roads --text まだ期限の前 >/dev/null
    got
    [ "$(date +%m)" = 04 ] || [ "$(date +%m)" = 05 ] || out_has "期限の前の声 " # of the same fiscal year
    out_has "(0/1)"
    out_lacks 未確定
    holds meguri voice receive --org minamo --on "$(ago $((days - 1)))" --category roads --text 期限が過ぎた >/dev/null
    got
    out_has "(0/2)"
    out_has 未確定
    # another door is not asked for
    holds meguri voice receive --org minamo --door box --way box --place main --on "$(ago $((days - 1)))" --text 箱の声 >/dev/null
    got
    out_has "(0/2)"
    # a year of the paper book says so
    year=2024
    got
    out_has "98.6%"
    out_has "手入力(市民の声 受付簿の集計"
    run meguri actual propose --org minamo --year 2024 --indicator "$name" --format json
    out_lacks 灯り
    run meguri actual bind --org minamo --indicator "$name" --measure '{"kind":"voices","filter":{"place":["main"]}}'
    status_is 2
    err_has "door(入口)"
    run meguri actual bind --org minamo --indicator "$name" --measure '{"kind":"voices","unit":"件"}'
    status_is 2
    err_has "期限内に回答した割合の単位"
    run meguri verify
    status_is 0
}

hidden() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" page | head -1; }

voices_are_bound_in_the_browser_with_what_they_count() {
    ward
    name=市民の声に14日以内に回答した割合
    meguri user add kikaku --name 企画 >/dev/null
    echo うみと山と37番の窓 | meguri user password kikaku
    meguri user grant kikaku planning --org minamo >/dev/null
    key=$(meguri actual propose --org minamo --year 2024 --indicator "$name" | cut -f1)
    serve_start meguri.db
    rm -f jar
    get /sign-in
    post /sign-in login=kikaku "password=うみと山と37番の窓" to=/work
    get "/w/minamo/i/$key"
    code_is 200
    page_has '<option value="voices" lang="ja" selected>'
    page_has '期限の前の声は、もう回答したものも含めて、まだ数えません'
    page_has 'name="filter.category.counter"'
    page_has 'name="filter.section.minamo-mado"'
    page_has 'name="year.2024.number" value="98.6"'
    page_has '市民の声 受付簿の集計'
    seen=$(hidden seen)
    post "/w/minamo/i/$key" source=voices "seen=$seen" do=save value=count unit=件 decimals=0 \
        filter.door.voice=1 filter.section.minamo-mado=1 reason=件数で見る
    code_is 303
    get "/o/minamo/i/$key"
    page_has '入口=市民の声; 担当課=窓口サービス課'
    page_has 'href="/o/minamo/voices"'
    run meguri actual propose --org minamo --year "$(meguri voice list --org minamo | sed -n 's/^\([0-9]*\)-.*/\1/p' | head -1)" --indicator "$name"
    out_has "台帳 1件"
    get "/w/minamo/i/$key"
    post "/w/minamo/i/$key" source=voices "seen=$(hidden seen)" do=save value=in_time unit=件 decimals=1
    code_is 422
    page_has '期限内に回答した割合の単位'
    serve_stop
}

a_measure_by_year_is_refused_with_its_year() {
    ward
    bind() { run meguri actual bind --org minamo --indicator 収納率 --measure "$1"; }
    bind '{"kind":"manual","unit":"%","years":{"2024":{"number":"88.47"}}}'
    status_is 2
    err_has "2024年度には number"
    bind '{"kind":"register","register":"training","years":{"2024":{"survey":"x"}}}'
    status_is 2
    err_has "years は survey と manual と voices だけ"
    bind '{"kind":"survey","question":"council","years":{"64年":{"survey":"x"}}}'
    status_is 2
    err_has "64年"
}

test_of every_indicator_of_three_years_is_fed_by_evidence_and_judged
test_of each_kind_of_the_manual_has_its_counterpart_in_the_sample
test_of a_change_is_proposed_and_a_new_value_accepted_by_hand_only
test_of a_proposal_is_declined_with_its_reason_from_the_shell_as_in_the_browser
test_of what_the_audit_knows_of_the_evidence_is_in_the_findings
test_of voices_are_evidence_too_and_a_change_in_them_proposes_an_actual
test_of voices_are_bound_in_the_browser_with_what_they_count
test_of a_measure_by_year_is_refused_with_its_year
test_end
