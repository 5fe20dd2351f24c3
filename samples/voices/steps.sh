# Voices of the sample ward, sourced by tools/sample: `voice` is the command with its options. They
# came in during the last weeks, whenever the sample is made, so that due dates mean something.
days_ago() { TZ=Asia/Tokyo date -d "$1 days ago" +%F; }
receive() { # DAYS-AGO OPTION...: sets $number
    on=$(days_ago "$1")
    shift
    number=$(voice receive --on "$on" "$@" --format json | sed -n 's/.*"voice": *"\([0-9-]*\)".*/\1/p' | head -1)
}
answer() { # KIND TEXT: drafted, submitted and approved
    voice draft "$number" --kind "$1" --text "$2" >/dev/null
    voice submit "$number" >/dev/null
    voice approve "$number" >/dev/null
}

# by the form: answered, adopted in a plan, published
receive 12 --category counter --section minamo-mado --summary '窓口の待ち時間の見通しを知りたい' \
    --text '証明書の窓口で40分待ちました。あとどのくらい待つのかが分かれば、その間に用事を済ませられます。'
answer will-do '番号札の機械に、待っている人数とおよその時間を表示します。'
voice link "$number" --link initiative --plan-year 2024 --initiative 3 >/dev/null
voice fate "$number" --status adopted --link budget --plan-year 2027 --line 窓口の案内の機械の購入 >/dev/null
voice publish "$number" '証明書の窓口の待ち時間の見通しを知りたい。' >/dev/null

# by letter: being considered
receive 10 --way letter --category information --section minamo-shimin --summary '広報紙の文字を大きくしてほしい' \
    --text '広報紙の文字が小さくて読めません。大きくするか、要点だけの大きな版を作ってください。'
answer consider '文字を大きくする方法と費用を調べ、来年度の予算を考えるときに判断します。'
voice fate "$number" --status considered >/dev/null
voice publish "$number" '広報紙の文字を大きくするか、大きな版を作ってほしい。' >/dev/null

# two sheets of the box, posted with their answers; a third is not published
receive 9 --door box --way box --place main --category counter --section minamo-mado --summary '案内表示が分かりにくい' \
    --text '2階の保険の窓口がどこか分からず、何度も行き来しました。'
answer done '1階と2階の案内表示に、窓口の番号と色を加えました。'
voice publish "$number" '保険の窓口の案内表示が分かりにくい。' >/dev/null
receive 9 --door box --way box --place main --category counter --section minamo-mado --summary '説明が分かりやすかった' \
    --text '転入の手続きで、必要なものを紙に書いて渡してくれて助かりました。'
answer noted 'ありがとうございます。ほかの窓口でも同じようにします。'
voice publish "$number" '転入の手続きの説明が分かりやすかった。' >/dev/null
receive 9 --door box --way box --place main --category other --section minamo-somu --summary '職員の応対への苦情' \
    --text '(職員個人についての苦情)'
answer explain '事実を確かめ、必要な指導をしました。'
voice withhold "$number" --code 2 >/dev/null

# said at the council: declined with its reason
receive 20 --door council --way meeting --meeting 2025/1 --member k4 --moment at --category management \
    --section minamo-shimin --summary '説明会を夜の9時からも開いてほしい' --text '説明会を夜の9時からも開いてほしい。'
answer cannot '会場が9時に閉まるため開けません。夜7時からの回を2回に増やします。'
voice fate "$number" --status declined --reason '会場が9時に閉まるため' >/dev/null
voice publish "$number" '説明会を夜の9時からも開いてほしい。' >/dev/null

# by telephone: with its section; by the form: nobody has looked at it yet
receive 5 --way phone --category roads --section minamo-shimin --summary '公園の灯りが暗い' \
    --text '夕方に公園の南側が暗く、子どもを通わせるのが心配です。'
receive 1 --category roads --text '歩道の段差でつまずきました。'
