#!/bin/sh
# Workbooks that other programs wrote (openpyxl, XlsxWriter), through the same commands as CSV.
. "$(dirname "$0")/lib.sh"
SAMPLES=$TOP/samples
PYTHON=/usr/bin/python3

ward() { meguri import --apply --org minamo "$SAMPLES/minamo-2023.txt" >/dev/null; }
training() { meguri register "$@" --org minamo --register training; }

openpyxl_book() {
    $PYTHON - <<'PY'
import datetime, openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "控え"
sheet["A1"] = "何もない"
sheet = book.create_sheet("研修")
sheet.append(["令和6年度 研修の実績"])
sheet.merge_cells("A1:D1")
sheet.append(["日付", "研修", "人数", None])
sheet.merge_cells("A2:A3"); sheet.merge_cells("B2:B3"); sheet.merge_cells("C2:D2")
sheet.append([None, None, "対象者", "受講者"])
sheet.append([datetime.date(2024, 4, 1), "接遇", 30, 28])
sheet.append([45446, "人権", 20, "12(うち中止1)"])
sheet["A5"].number_format = '[$-411]ggge"年"m"月"d"日";@'
sheet.append(["7月1日", "防災", "３０", "調査中"])
sheet.append(["合計", None, 80, 40])
book.save("t.xlsx")
PY
}

a_book_of_openpyxl_is_weighed_and_stored() {
    ward
    openpyxl_book
    run training import t.xlsx
    status_is 1
    out_has "シート「控え」を読みました。ほかのシート「研修」は読みません"
    out_has "見出しの行が見つかりません"
    run training import t.xlsx --sheet 研修 --apply
    status_is 0
    out_has "t.xlsx:D5: W: 「12(うち中止1)」"
    out_has "t.xlsx:D6: W: 「調査中」"
    out_has "新しい 3"
    run training show
    holds grep -qP "2024-04-01\t接遇\t\t\t30\t28" out
    holds grep -qP "2024-06-03\t人権\t\t\t20\t12" out
    holds grep -qP "2024-07-01\t防災\t\t\t30\t" out
    run training import t.xlsx --sheet 2 --apply
    out_has "同じ 3"
    run training import t.xlsx --sheet 9
    status_is 2
    err_has "あるシート: 「控え」「研修」"
    run meguri verify
    status_is 0
}

a_book_of_xlsxwriter_is_the_same_as_its_csv() {
    ward
    $PYTHON - <<'PY'
import datetime, xlsxwriter
for name, options in (("t.xlsx", {}), ("strict.xlsx", {"constant_memory": True}),
                      ("1904.xlsx", {"date_1904": True})):
    book = xlsxwriter.Workbook(name, options)
    sheet = book.add_worksheet("研修")
    day = book.add_format({"num_format": "yyyy/m/d"})
    for column, text in enumerate(["日付", "研修名", "対象者数", "受講者数"]):
        sheet.write(0, column, text)
    for row in range(1, 50):
        sheet.write_datetime(row, 0, datetime.datetime(2024, 4, 1) + datetime.timedelta(row), day)
        sheet.write(row, 1, "研修%d" % row)
        sheet.write_number(row, 2, 30)
        sheet.write_formula(row, 3, "=C%d-2" % (row + 1), None, 28)
    book.close()
with open("t.csv", "w") as csv:
    csv.write("日付,研修名,対象者数,受講者数\n")
    for row in range(1, 50):
        csv.write("%s,研修%d,30,28\n" % (datetime.date(2024, 4, 1) + datetime.timedelta(row), row))
PY
    run training import t.csv --apply
    status_is 0
    for book in t.xlsx strict.xlsx 1904.xlsx; do
        run training import $book --apply
        status_is 0
        out_has "同じ 49"
        out_has "$book:D2: W: 「28」 計算式のセルです(全部で49)"
    done
}

# Writers that cannot go back (LibreOffice, Java) put lengths behind each entry.
a_book_that_was_written_in_one_go_is_read() {
    ward
    openpyxl_book
    $PYTHON - <<'PY'
import io, zipfile
class Pipe(io.RawIOBase):
    def __init__(self): self.out = open("piped.xlsx", "wb")
    def writable(self): return True
    def write(self, data): return self.out.write(data)
pipe = Pipe()
with zipfile.ZipFile("t.xlsx") as old, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as new:
    for name in reversed(old.namelist()):
        new.writestr(name, old.read(name))
pipe.out.close()
PY
    run training import t.xlsx --sheet 研修 --apply
    status_is 0
    run training import piped.xlsx --sheet 研修 --apply
    status_is 0
    out_has "同じ 3"
}

cells_are_named_and_nothing_is_evaluated() {
    ward
    $PYTHON - <<'PY'
import openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["日付", "研修名", "対象者数", "受講者数"])
sheet.append(["R6.4.1", "接遇", 30, "=C2-2"])
sheet.append(["R6.4.2", "#N/A", 30, 28])
sheet.append(["R6.4.3", "人権", 20, 21])
book.save("t.xlsx")
PY
    run training import t.xlsx --apply
    status_is 1
    out_has "t.xlsx:D2: E: 「=C2-2」 計算式の結果が保存されていません"
    out_has "t.xlsx:B3: E: 「#N/A」 表計算のエラーです"
    out_has "t.xlsx:D4: E: 「21」 受講者数が対象者数(20)を超えています"
    out_has "何も保存していません"
}

# A CSV of ours as a workbook: numbers as numbers, all else as text.
as_book() { # FROM TO
    $PYTHON - "$1" "$2" <<'PY'
import csv, re, sys, openpyxl
book = openpyxl.Workbook()
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    for row in csv.reader(file):
        book.active.append([float(x) if re.fullmatch("-?[1-9][0-9.]*|0", x) else x for x in row])
book.save(sys.argv[2])
PY
}

registers_areas_and_answers_come_as_books_too() {
    ward
    as_book "$SAMPLES/areas/areas.csv" areas.xlsx
    run meguri register areas areas.xlsx --org minamo --apply
    status_is 0
    mv out areas.out
    run meguri register areas "$SAMPLES/areas/areas.csv" --org minamo --apply
    holds cmp -s areas.out out
    for key in training seizures expert-dispatch revenue-lines; do
        for book in register ledger; do
            meguri $book import "$SAMPLES/registers/$key.csv" --org minamo --register $key --apply \
                >out 2>&1 || continue
            as_book "$SAMPLES/registers/$key.csv" $key.xlsx
            run meguri $book import $key.xlsx --org minamo --register $key --apply
            status_is 0
            out_has "新しい 0、変わる 0"
            holds [ ! -e $key.done ]
            : >$key.done
        done
        holds [ -e $key.done ]
    done
    as_book "$SAMPLES/surveys/iin-2024.csv" iin.xlsx
    holds meguri survey define "$SAMPLES/surveys/iin-2024.json" --org minamo >/dev/null
    run meguri survey import "$SAMPLES/surveys/iin-2024.csv" --org minamo --survey iin-2024
    status_is 0
    tail -n +2 out >csv.out
    run meguri survey import iin.xlsx --org minamo --survey iin-2024
    status_is 0
    tail -n +2 out >book.out
    same csv.out book.out
}

what_is_no_book_is_called_by_its_name() {
    ward
    printf '\320\317\021\340\241\261\032\341 old' >t.csv
    run training import t.csv
    status_is 2
    err_has "「t.csv」は古い Excel の形式(.xls)です"
    printf '<html><table><tr><td>日付</table>' >t.csv
    run training import t.csv
    status_is 2
    err_has "HTML"
    openpyxl_book
    { printf 'PK\003\004'; cat t.xlsx; } >front.xlsx
    run training import front.xlsx
    status_is 2
    err_has "余分なデータ"
    { cat t.xlsx; echo more; } >behind.xlsx
    run training import behind.xlsx
    status_is 2
    err_has "余分なデータ"
}

test_of a_book_of_openpyxl_is_weighed_and_stored
test_of a_book_of_xlsxwriter_is_the_same_as_its_csv
test_of a_book_that_was_written_in_one_go_is_read
test_of cells_are_named_and_nothing_is_evaluated
test_of registers_areas_and_answers_come_as_books_too
test_of what_is_no_book_is_called_by_its_name
test_end
