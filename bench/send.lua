-- wrk's part of `bench/run send`: forms of the public door, each with a key of its own, so that
-- each is a voice. Arguments: cookie, csrf, what the keys of this run begin with.
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(args)
    headers = {
        ["Cookie"] = args[1],
        ["Content-Type"] = "application/x-www-form-urlencoded",
        ["Sec-Fetch-Site"] = "same-origin",
    }
    csrf, start, sent, taken, refused = args[2], args[3], 0, 0, 0
end

function request()
    sent = sent + 1
    local body = "csrf=" .. csrf .. "&key=" .. start .. string.format("%08d", sent)
        .. "&category=roads&contact=&text=%E5%85%AC%E5%9C%92%E3%81%AE%E7%81%AF%E3%82%8A" .. sent
    return wrk.format("POST", nil, headers, body)
end

function response(status)
    if status == 200 then
        taken = taken + 1
    else
        refused = refused + 1
    end
end

function done(summary, latency)
    io.write(string.format("taken %d refused %d seconds %.2f median %.1f p99 %.1f\n",
        threads[1]:get("taken"), threads[1]:get("refused"), summary.duration / 1e6,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
