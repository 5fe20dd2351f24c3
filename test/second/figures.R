# A second opinion on src/measure: random questions and edges, asked of both. What can be is
# answered by functions of R (prop.test, loglin, lm, p.adjust, ptukey, qbinom ...) and by the
# simplex method of lpSolve; where R has no function, by solving the equation that defines the
# figure. No formula of ours is copied. Prints TAP.
#
#   Rscript figures.R PATH-OF-figures
suppressMessages(library(lpSolve))
set.seed(20240401)
program <- commandArgs(TRUE)[1]
z95 <- qnorm(0.975)

# ---- asking ----

# Answers to many questions, each a vector of numbers; NA where it says `none`.
ask <- function(questions) {
    out <- system2(program, input = questions, stdout = TRUE)
    if (length(out) != length(questions)) stop("it answered ", length(out), " of ", length(questions))
    lapply(strsplit(trimws(out), " +"), function(x) { x[x == "none"] <- NA; as.numeric(x) })
}
line <- function(...) paste(sapply(list(...), function(x) paste(format(x, digits = 17, trim = TRUE,
    scientific = FALSE), collapse = " ")), collapse = " ")

told <- 0
failed <- 0
verdict <- function(name, questions, is_good, what) {
    told <<- told + 1
    wrong <- which(!is_good)
    for (i in head(wrong, 3)) cat("#", substr(questions[i], 1, 300), "\n#   ", what(i), "\n")
    if (length(wrong)) failed <<- failed + 1
    cat(if (length(wrong)) "not ok" else "ok", told, "-", gsub(" ", "_", name),
        sprintf("(%d)\n", length(questions)))
}
# Each answer beside what R says, to `near` of the larger of 1 and the value.
compare <- function(name, questions, wanted, near = 1e-9) {
    got <- ask(questions)
    is_good <- mapply(function(g, w) length(g) == length(w) && all(is.na(g) == is.na(w))
        && all(abs(g - w) <= near * pmax(1, abs(w)), na.rm = TRUE), got, wanted)
    verdict(name, questions, is_good, function(i) paste(
        "ours:", paste(head(got[[i]], 12), collapse = " "), "R:", paste(head(wanted[[i]], 12), collapse = " ")))
}
some <- function(n, from, to) sample(from:to, n, replace = TRUE)

# ---- shares ----

# One sample and a population without end: prop.test's interval is the score interval.
n <- c(1, 1, 2, 10, 10, 5, 148, 1000, 530, some(1500, 1, 3000), some(300, 1, 12))
yes <- c(0, 1, 1, 0, 10, 5, 15, 420, 349, floor(runif(1800) * (n[-(1:9)] + 1)))
interval <- function(x, n) suppressWarnings(as.vector(prop.test(x, n, correct = FALSE)$conf.int))
compare("Wilson's interval is that of prop.test", sprintf("wilson %d %d 0 %.17g", yes, n, z95),
        mapply(interval, yes, n, SIMPLIFY = FALSE))

# A finite one: the shares that lie z standard errors from the observed one, a quadratic.
finite <- function(x, n, N) {
    p <- x / n
    if (N == n) return(c(p, p))
    v <- z95^2 / n * if (is.finite(N)) (N - n) / (N - 1) else 1
    pmin(1, pmax(0, sort(Re(polyroot(c(p^2, -2 * p - v, 1 + v))))))
}
n <- c(1, 1, 1, 5, 5, 7, some(900, 1, 500))
N <- c(1, 2, 2, 5, 6, 1000000, n[-(1:6)] + rpois(900, sample(c(0, 1, 5, 400, 100000), 900, TRUE)))
yes <- c(1, 0, 1, 2, 5, 3, floor(runif(900) * (n[-(1:6)] + 1)))
compare("with a finite population it solves the score equation", sprintf("wilson %d %d %d %.17g", yes, n, N, z95),
        mapply(finite, yes, n, N, SIMPLIFY = FALSE))
compare("where there is no answer none is given", c("wilson 0 0 0 1.96", "wilson 3 2 0 1.96", "wilson 1 5 4 1.96",
        "nonresponse 1 1 0", "nonresponse 2 1 5", "nonresponse 1 6 5", "weighted_share 0 0"), as.list(rep(NA, 7)))
p <- c(0, 1, runif(300))
m <- c(0.5, 0.5, runif(300, 0.2, 900))
compare("so does a weighted share", mapply(function(p, n) line("wilson_share", p, n, 0), p, m),
        mapply(function(p, n) finite(p * n, n, Inf), p, m, SIMPLIFY = FALSE), 1e-8)
compare("the standard error is that of drawing without putting back",
        mapply(function(p, n, N) line("error", p, n, N), yes / n, n, N),
        # the variance of a hypergeometric share: of yes in the population, n drawn
        mapply(function(p, n, N) if (N == 1) 0 else { k <- round(p * N); q <- p
            sqrt(n * q * (1 - q) * (N - n) / (N - 1)) / n }, yes / n, n, N, SIMPLIFY = FALSE))
exact <- which(N <= 1000 & (yes * N) %% n == 0)[1:40]
compare("which for whole numbers is the spread of dhyper",
        mapply(function(p, n, N) line("error", p, n, N), (yes / n)[exact], n[exact], N[exact]),
        mapply(function(x, n, N) { K <- x * N / n; k <- 0:n; d <- dhyper(k, K, N - K, n) / sum(dhyper(k, K, N - K, n))
            sqrt(sum(d * (k / n - sum(d * k / n))^2)) }, yes[exact], n[exact], N[exact], SIMPLIFY = FALSE), 1e-7)
sent <- n + rpois(length(n), 300)
compare("whatever the others think lies between these", sprintf("nonresponse %d %d %d", yes, n, sent),
        mapply(function(x, n, s) range(sapply(c(0, s - n), function(more) mean(rep(c(1, 0), c(x + more, s - x - more))))),
               yes, n, sent, SIMPLIFY = FALSE))
N <- c(0, 1, 2, 1000, 10000, some(200, 2, 300000))
m <- c(0.05, 0.05, 0.05, 0.05, 0.05, runif(200, 0.01, 0.2))
compare("so many answers give that margin", mapply(function(N, m) line("sample_size", N, m), N, m),
        mapply(function(N, m) if (N == 0) z95^2 / 4 / m^2 else if (N == 1) 1 else # half the width at one half
            uniroot(function(n) z95 * sqrt(0.25 / n * (N - n) / (N - 1)) - m, c(1e-9, N), tol = 1e-13)$root, N, m,
            SIMPLIFY = FALSE), 1e-8)

# ---- two surveys ----

n1 <- c(70, 1000, 50, 1, 1, 10, some(1000, 1, 1500))
n2 <- c(80, 1000, 50, 1, 1, 10, some(1000, 1, 1500))
x1 <- c(56, 420, 15, 0, 1, 10, floor(runif(1000) * (n1[-(1:6)] + 1)))
x2 <- c(48, 465, 25, 1, 1, 0, floor(runif(1000) * (n2[-(1:6)] + 1)))
two <- function(x1, n1, x2, n2) {
    a <- interval(x1, n1); b <- interval(x2, n2); p <- x1 / n1; q <- x2 / n2
    square <- c(p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), p - q + sqrt((a[2] - p)^2 + (q - b[1])^2))
    if (x1 + x2 == 0 || x1 + x2 == n1 + n2) return(c(square, NA))
    t <- suppressWarnings(prop.test(c(x1, x2), c(n1, n2), correct = FALSE))
    c(square, sign(p - q) * sqrt(unname(t$statistic)), t$p.value)
}
compare("a difference has Newcombe's interval and the test of prop.test",
        sprintf("difference %d %d %d %d", x1, n1, x2, n2), mapply(two, x1, n1, x2, n2, SIMPLIFY = FALSE), 1e-8)
p <- runif(400, 0.01, 0.99)
power <- runif(400, 0.5, 0.99)
alpha <- runif(400, 0.001, 0.2)
a <- some(400, 1, 3000)
b <- some(400, 1, 3000)
compare("the smallest change is the one found with that power",
        mapply(function(...) line("detectable", ...), a, b, p, alpha, power),
        mapply(function(a, b, p, alpha, power) { se <- sqrt(p * (1 - p) * (1 / a + 1 / b))
            uniroot(function(d) pnorm(d / se, qnorm(alpha / 2, lower.tail = FALSE)) - power, c(0, 20 * se), tol = 1e-15)$root },
            a, b, p, alpha, power, SIMPLIFY = FALSE), 1e-8)
smallest <- function(k, n, d) {
    shown <- floor(k / n * 100 * 10^d + 0.5 + 1e-9)
    for (m in 1:500) if (all(shown %in% floor((0:m) / m * 100 * 10^d + 0.5 + 1e-9))) return(m)
}
n <- some(300, 1, 120)
k <- lapply(n, function(n) floor(runif(sample(1:4, 1)) * (n + 1)))
d <- sample(0:2, 300, TRUE)
compare("a set of percentages has the smallest n that search finds",
        mapply(function(k, n, d) line("smallest_n", length(k), as.vector(rbind(floor(k / n * 100 * 10^d + 0.5 + 1e-9), d))), k, n, d),
        mapply(smallest, k, n, d, SIMPLIFY = FALSE))

# ---- distributions ----

p <- c(0.5, 0.975, 1e-12, 1 - 1e-12, runif(500))
z <- c(0, 1, -8, 8, rnorm(500, 0, 3))
compare("the normal distribution is R's", mapply(function(p, z) line("normal", p, z), p, z),
        mapply(function(p, z) c(qnorm(p), pnorm(z)), p, z, SIMPLIFY = FALSE))
p <- c(0.5, 0.975, 0.9995, runif(500, 0.001, 0.999))
t <- c(0, 1, -50, rt(500, 3))
df <- c(1, 2, 3, some(500, 1, 60))
compare("Student's t is R's", mapply(function(...) line("student", ...), p, t, df),
        mapply(function(p, t, df) c(qt(p, df), pt(t, df)), p, t, df, SIMPLIFY = FALSE))
n <- c(1, 1, 100000, some(500, 1, 3000))
p <- c(0.5, 0.5, 0.3, runif(500, 0.001, 0.999))
r <- c(-1, 1, 30000, floor(runif(500) * (n[-(1:3)] + 1)))
compare("the binomial distribution is R's", mapply(function(...) line("binomial", ...), r, n, p),
        mapply(pbinom, r, n, p, SIMPLIFY = FALSE))
x <- c(0, 1, runif(500))
a <- c(1, 1, rexp(500, 0.05) + 0.01)
b <- c(1, 1, rexp(500, 0.05) + 0.01)
compare("so is the beta distribution", mapply(function(...) line("beta", ...), x, a, b),
        mapply(pbeta, x, a, b, SIMPLIFY = FALSE))

# ---- weights ----

# A sample and its margins: raking is fitting a log-linear model of main effects.
sample_of <- function(rows, sizes) {
    categories <- lapply(sizes, function(k) c(seq_len(k), sample(k, rows - k, TRUE))[sample(rows)])
    shares <- lapply(sizes, function(k) { s <- runif(k, 0.2, 1); s / sum(s) })
    list(rows = rows, category = categories, share = shares)
}
raked <- function(s) {
    cells <- table(s$category)
    goal <- Reduce(outer, s$share) * s$rows
    fit <- loglin(as.table(array(goal, dim(cells))), as.list(seq_along(s$share)), start = unclass(cells) + 0,
                  fit = TRUE, eps = 1e-12 * s$rows, iter = 5000, print = FALSE)$fit
    w <- (fit / cells)[do.call(cbind, s$category)]
    c(length(w) * sum(w^2) / sum(w)^2, max(w) / min(w), w)
}
samples <- lapply(1:120, function(i) sample_of(sample(60:300, 1), sample(2:5, sample(1:3, 1), TRUE)))
compare("raking gives the weights of loglin, with Kish's design effect",
        sapply(samples, function(s) do.call(line, c(list("rake", s$rows, length(s$share)),
            unlist(Map(function(share, category) list(length(share), share, category - 1), s$share, s$category),
                   recursive = FALSE)))),
        lapply(samples, raked), 1e-6)
compare("a category that nobody is in cannot be raked", c("rake 3 1 3 0.5 0.3 0.2 0 1 1"), list(NA))
# The first are those of the design: an effect of 1.3155555556.
w <- c(list(c(1, 1, 1, 1, 2, 2, 3, 4)), lapply(1:200, function(i) rexp(sample(5:60, 1)) + 0.05))
y <- lapply(w, function(w) sample(0:1, length(w), TRUE))
compare("a weighted share has the n that its weights leave",
        mapply(function(w, y) line("weighted_share", 0, length(w), as.vector(rbind(w, y))), w, y),
        mapply(function(w, y) {
            n <- 1 / sum((w / sum(w))^2); p <- weighted.mean(y, w)
            c(p, length(w) / n, n, finite(p * n, n, Inf)) }, w, y, SIMPLIFY = FALSE), 1e-8)

# ---- months, organisations, years ----

d2 <- integrate(function(x) ptukey(x, 2, Inf, lower.tail = FALSE), 0, Inf, rel.tol = 1e-12)$value
chart <- function(v) {
    if (length(v) < 8) return(c(mean(v), NA))
    range <- mean(abs(diff(v)))
    limits <- mean(v) + c(-3, 3) * range / d2
    side <- rle(sign(v - mean(v)))
    run <- rep(side$lengths >= 8 & side$values != 0, side$lengths)
    c(mean(v), range, limits, (v < limits[1] | v > limits[2]) + 2 * run)
}
months <- c(list(c(49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1), 1:7, 1:8, c(rep(1, 9), rep(9, 8))),
            lapply(1:500, function(i) rpois(sample(1:40, 1), 20) + ifelse(runif(1) < 0.3, 15, 0) * (runif(1) > 0.5)),
            lapply(1:200, function(i) cumsum(rnorm(sample(8:40, 1))) + 0.123))
compare("the limits of months are three spreads by the mean range", sapply(months, function(v) line("xmr", length(v), v)),
        lapply(months, chart), 1e-6)
funnel <- function(theta, n, p) {
    r <- qbinom(p, n, theta)
    (r - (pbinom(r, n, theta) - p) / (pbinom(r, n, theta) - pbinom(r - 1, n, theta))) / n
}
theta <- c(0.3, 0.3, runif(500, 0.02, 0.98))
n <- c(100, 100, some(500, 1, 900))
p <- c(0.025, 0.975, sample(c(0.001, 0.025, 0.975, 0.999), 500, TRUE))
compare("the limits of a funnel are binomial", mapply(function(...) line("funnel", ...), theta, n, p),
        mapply(funnel, theta, n, p, SIMPLIFY = FALSE), 1e-7)
p <- lapply(1:300, function(i) c(runif(sample(1:30, 1)), rbeta(sample(1:10, 1), 0.2, 8)))
compare("what is worth a look is what p.adjust says", sapply(p, function(p) line("discovery", 0.05, length(p), p)),
        lapply(p, function(p) +(p.adjust(p, "BH") <= 0.05)))

years <- c(list(cbind(c(62.10, 62.80, 63.05, 63.40), c(94.20, 94.65, 94.90, 95.10))),
           lapply(1:400, function(i) { k <- sample(1:8, 1); r <- runif(k, 20, 80)
               cbind(r, r + runif(k, 0.2, 0.9) * (100 - r)) }))
now <- c(63.90, runif(400, 20, 80))
target <- c(95.5, runif(400, 60, 99))
landed <- function(past, now, target) {
    r <- past[, 1]; f <- past[, 2]; k <- nrow(past)
    way <- list(function(r, f, now) now + unname(coef(lm(f - r ~ 1))),
                function(r, f, now) now * unname(coef(lm(f ~ 0 + r, weights = 1 / r))),
                function(r, f, now) 100 * plogis(qlogis(now / 100) + mean(qlogis(f / 100) - qlogis(r / 100))))
    first <- c(sapply(way, function(w) w(r, f, now)), range(f - r))
    if (k < 3) return(c(first, NA))
    far <- now + predict(lm(f - r ~ 1), data.frame(x = 1), interval = "prediction", level = 0.95)[1, ]
    spread <- (far["upr"] - far["fit"]) / qt(0.975, k - 1)
    miss <- sapply(way, function(w) sqrt(mean(sapply(1:k, function(i) w(r[-i], f[-i], r[i]) - f[i])^2)))
    c(first, far["lwr"], far["upr"], pt((target - far["fit"]) / spread, k - 1, lower.tail = FALSE), miss,
      which.min(miss) - 1)
}
compare("a year lands where lm foretells it",
        mapply(function(past, now, target) line("landing", now, target, nrow(past), as.vector(t(past))), years, now, target),
        mapply(function(...) unname(landed(...)), years, now, target, SIMPLIFY = FALSE), 1e-8)

# ---- indicators ----

# The rate that goes from one point to another, rounded to two decimals more, at most. Which
# kind it is follows from where the straight line is in the target's year.
base <- some(600, 0, 900)
goal <- base + some(600, 1, 300)
at <- base + some(600, -50, 350)
scale <- sample(0:2, 600, TRUE)
from <- some(600, 2010, 2018)
to <- from + some(600, 1, 12)
seen <- from + some(600, 1, 14)
kinds <- c(reached = 9, late = 10, still = 11, away = 12, behind = 13, enough = 14)
ways <- mapply(function(b, g, v, s, from, to, seen) {
    u <- 10^s
    end <- b + (v - b) / (seen - from) * (to - from)
    kind <- if (v >= g) "reached" else if (seen >= to) "late" else if (v == b) "still" else if (v < b) "away" else
        if (end >= g - 1e-9) "enough" else "behind"
    c(kinds[[kind]], (g - b) / u / (to - from), (v - b) / u / (seen - from),
      if (kind %in% c("reached", "late")) 0 else (g - v) / u / (to - seen), s)
}, base, goal, at, scale, from, to, seen, SIMPLIFY = FALSE)
questions <- mapply(function(b, g, v, s, from, to, seen) line("pace", b, s, from, g, s, to, v, s, seen),
                    base, goal, at, scale, from, to, seen)
got <- ask(questions)
verdict("a pace is the slope of the line from one point to another", questions,
        mapply(function(g, w) g[1] == w[1] && all(abs(g[2:4] - w[2:4]) <= 0.5 * 10^-(w[5] + 2) + 1e-9), got, ways),
        function(i) paste("ours:", paste(got[[i]], collapse = " "), "R:", paste(ways[[i]], collapse = " ")))

# Scores with one decimal, as whole numbers: means and thresholds are compared exactly.
scores <- c(list(integer(0)), lapply(1:500, function(i) some(sample(1:40, 1), 0, 50)))
levels <- lapply(scores, function(s) sort(sample(1:49, sample(1:5, 1))))
decimals <- sample(0:3, 501, TRUE)
compare("a rating is the mean, and the stars of its exact value",
        mapply(function(s, l, d) line("rating", d, length(l), as.vector(rbind(l, rep(1, length(l)))), length(s),
                                      as.vector(rbind(s, rep(1, length(s))))), scores, levels, decimals),
        mapply(function(s, l, d) if (!length(s)) NA else c(floor(sum(s) / length(s) / 10 * 10^d + 0.5 + 1e-9) / 10^d,
               findInterval(sum(s), l * length(s))), scores, levels, decimals, SIMPLIFY = FALSE))

# ---- tables ----

one_table <- function(rows, k, l, choices) list(a = sample(k, rows, TRUE), b = sample(l, rows, TRUE),
    keep = sample(0:1, rows, TRUE, c(1, 4)), w = rexp(rows), k = k, l = l, choices = choices,
    set = matrix(sample(0:1, rows * choices, TRUE), rows, choices))
tables <- lapply(c(0, 1, 2, sample(3:900, 80)), one_table, sample(1:9, 1), sample(1:9, 1), sample(1:20, 1))
compare("counting is that of xtabs, with weights and for sets too",
        sapply(tables, function(t) line("tabulate", length(t$a), t$k, t$a - 1, t$l, t$b - 1, t$keep, t$w, t$choices,
                                        if (length(t$a)) t$set %*% 2^(seq_len(t$choices) - 1) else numeric(0))),
        lapply(tables, function(t) {
            d <- data.frame(a = factor(t$a, seq_len(t$k)), b = factor(t$b, seq_len(t$l)), w = t$w)[t$keep == 1, ]
            c(t(xtabs(~ a + b, d)), t(xtabs(w ~ a + b, d)),
              sapply(seq_len(t$choices), function(i) table(d$b[t$set[t$keep == 1, i] == 1])))
        }), 1e-9)

# What a reader knows of a published table: which counts are shown, the sum of each row, the
# total, that counts are not negative, and of a question with one answer that the columns add up;
# of one with several that nobody chose the same twice and everybody counted chose something.
# Whatever is hidden must be able to have another value than its own.
small_table <- function(i) {
    r <- sample(2:5, 1); k <- sample(2:5, 1); people <- sample(c(0, 1, 3, 8, 20, 60), k, TRUE)
    is_one <- i %% 2
    share <- runif(r, 0, 1)^sample(1:4, 1)
    n <- if (is_one) sapply(people, function(p) as.vector(rmultinom(1, p, share + 0.01))) else
        sapply(people, function(p) { m <- matrix(runif(r * p) < share, r); m[1, colSums(m) == 0] <- TRUE; rowSums(m) })
    list(is_one = is_one, n = matrix(n, r), base = people)
}
reader <- function(t, hidden) { # a linear programme: one variable for each count and each sum
    r <- nrow(t$n); k <- ncol(t$n); size <- r * k + k
    at <- function(i, j) (j - 1) * r + i # counts; r * k + j: sums
    rows <- list(); side <- c(); way <- c()
    add <- function(which, by, dir, b) { v <- numeric(size); v[which] <- by
        rows[[length(rows) + 1]] <<- v; side <<- c(side, b); way <<- c(way, dir) }
    for (i in 1:r) add(at(i, 1:k), 1, "=", sum(t$n[i, ]))
    add(r * k + 1:k, 1, "=", sum(t$base))
    for (j in 1:k) {
        if (t$is_one) add(c(at(1:r, j), r * k + j), c(rep(1, r), -1), "=", 0)
        else {
            add(c(at(1:r, j), r * k + j), c(rep(1, r), -1), ">=", 0)
            for (i in 1:r) add(c(at(i, j), r * k + j), c(1, -1), "<=", 0)
        }
        for (i in 1:r) if (!hidden[i, j]) add(at(i, j), 1, "=", t$n[i, j])
        if (!hidden[r + 1, j]) add(r * k + j, 1, "=", t$base[j])
    }
    list(matrix = do.call(rbind, rows), way = way, side = side)
}
# Can each of these variables have another value than its own?
are_open <- function(known, variables, true) {
    for (v in seq_along(variables)) {
        goal <- numeric(ncol(known$matrix)); goal[variables[v]] <- 1
        most <- lp("max", goal, known$matrix, known$way, known$side)
        if (most$status == 0 && most$objval > true[v] + 1e-6) next
        least <- lp("min", goal, known$matrix, known$way, known$side)
        if (most$status || least$status || least$objval > true[v] - 1e-6) return(FALSE)
    }
    TRUE
}
hidden_of <- function(t, bits) {
    hidden <- matrix(bits, nrow(t$n) + 1, byrow = TRUE)
    x <- which(hidden == 1); r <- nrow(t$n)
    i <- (x - 1) %% (r + 1) + 1; j <- (x - 1) %/% (r + 1) + 1
    list(hidden = hidden, at = ifelse(i > r, r * ncol(t$n) + j, (j - 1) * r + i),
         true = ifelse(i > r, t$base[j], t$n[cbind(pmin(i, r), j)]))
}
is_safe <- function(t, answer) {
    r <- nrow(t$n)
    h <- hidden_of(t, answer[-1])
    if (any(t$n < 5 & t$n > 0 & !h$hidden[1:r, ]) || any(t$base < 5 & t$base > 0 & !h$hidden[r + 1, ])) return(FALSE)
    answer[1] == 2 || are_open(reader(t, h$hidden), h$at, h$true) # 2: the table is not shown at all
}
tables <- lapply(1:400, small_table)
questions <- sapply(tables, function(t) line("suppress", 5, t$is_one, nrow(t$n), ncol(t$n), t(t$n), t$base))
got <- ask(questions)
verdict("no linear programme finds what a table hides", questions, mapply(is_safe, tables, got),
        function(i) paste("ours:", paste(got[[i]], collapse = " ")))

# A question that was put to those who chose the last row of another, by the same groups: what
# both tables say together, and how many gave no answer in all.
two_tables <- function(i) {
    k <- sample(2:4, 1)
    before <- matrix(rpois(3 * k, sample(c(2, 8, 30), 3 * k, TRUE)), 3)
    silent <- sapply(before[3, ], function(n) if (runif(1) < 0.5) 0 else rbinom(1, n, 0.1))
    after <- sapply(before[3, ] - silent, function(n) as.vector(rmultinom(1, n, c(5, 3, 1))))
    list(before = list(is_one = 1, n = before, base = colSums(before)), silent = silent,
         after = list(is_one = 1, n = after, base = colSums(after)))
}
are_safe <- function(p, answer) {
    k <- ncol(p$before$n); size <- 4 * k
    x <- hidden_of(p$before, answer[2:(1 + size)]); y <- hidden_of(p$after, answer[(3 + size):(2 + 2 * size)])
    if (answer[1] == 2 || answer[2 + size] == 2 || answer[3 + 2 * size] == 1) return(TRUE) # one table at most is shown
    a <- reader(p$before, x$hidden); b <- reader(p$after, y$hidden)
    wide <- function(m, left, right) cbind(matrix(0, nrow(m), left), m, matrix(0, nrow(m), right))
    asked <- t(sapply(1:k, function(j) { v <- numeric(2 * size + k) # put to = answered + silent
        v[c((j - 1) * 3 + 3, size + 3 * k + j, 2 * size + j)] <- c(1, -1, -1); v }))
    all_silent <- c(numeric(2 * size), rep(1, k))
    known <- list(matrix = rbind(wide(a$matrix, 0, size + k), wide(b$matrix, size, k), asked, all_silent),
                  way = c(a$way, b$way, rep("=", k + 1)), side = c(a$side, b$side, numeric(k), sum(p$silent)))
    are_open(known, c(x$at, size + y$at), c(x$true, y$true))
}
pairs <- lapply(1:300, two_tables)
questions2 <- sapply(pairs, function(p) line("together", 5, 1, 3, ncol(p$before$n), t(p$before$n), p$before$base,
                                             4, 1, 3, ncol(p$after$n), t(p$after$n), p$after$base))
got2 <- ask(questions2)
verdict("nor what two tables hide that belong together", questions2, mapply(are_safe, pairs, got2),
        function(i) paste("ours:", paste(got2[[i]], collapse = " ")))

shown <- mean(sapply(got, function(g) g[1]) != 2)
verdict("and half of the tables can still be shown", "shown", shown >= 0.5, function(i) paste("of all", shown))

cat("1..", told, "\n", sep = "")
quit(status = if (failed) 1 else 0)
