-- rows.lua - what is measured, as data. A row of a load generator has
--   generator      the program: load.c, or another one
--   server         which server of a contender it loads: its field of contenders.lua, server unless another is named
--   kind, options  what the generator does
--   mode           what the servers do (the first argument of every server); modes[contender] where one differs
--   unit, scale    how its rate is printed: "M/s" with scale 1e6 ...
--   per, op        CPU and system calls are given per this many units of work (1 message, 65536 bytes), and its name
--   by             "cpu": the ratio is that of CPU per op, because the generator is slower than the fastest servers
--   latency        whether p50 and p99 mean something (one message in flight per connection)
-- The other rows name a function of measure.lua as their kind. Of kind script: a program of moonport's alone, which
-- measures by itself; columns = { the name of each figure that it prints, and its heading }, summary = the one to show.
local blocks = "-c 4 -s 65536"

return {
  { name = "echo-64x50", title = "echo 64 B, 50 connections", kind = "echo", mode = "echo",
    options = "-c 50 -s 64", unit = "k/s", scale = 1e3, per = 1, op = "message", latency = true },
  { name = "echo-64x1000", title = "echo 64 B, 1,000 connections", kind = "echo", mode = "echo",
    options = "-c 1000 -s 64", unit = "k/s", scale = 1e3, per = 1, op = "message", latency = true },
  { name = "echo-4k", title = "echo 4 KB, 50 connections", kind = "echo", mode = "echo",
    options = "-c 50 -s 4096", unit = "k/s", scale = 1e3, per = 1, op = "message", latency = true },
  { name = "pipelined", title = "16 messages in flight, `pipe()` to itself", kind = "echo", mode = "pipe",
    options = "-c 50 -s 64 -d 16", unit = "M/s", scale = 1e6, per = 1, op = "message" },
  { name = "line-writes", title = "one `write` per 64 B line of a chunk", kind = "echo", mode = "lines",
    options = "-c 50 -s 64 -d 16 -b 16", unit = "M/s", scale = 1e6, per = 1, op = "line" },
  { name = "echo-waiting", title = "echo 64 B, 50 connections, ours in waiting style", kind = "echo", mode = "echo",
    modes = { moonport = "waiting" }, options = "-c 50 -s 64", unit = "k/s", scale = 1e3, per = 1, op = "message",
    latency = true },
  { name = "connect-echo-close", title = "connect, one echo, close", kind = "close", mode = "echo",
    options = "-c 50 -s 64", unit = "k/s", scale = 1e3, per = 1, op = "connection", latency = true },
  { name = "receive-only", title = "receive only (`data` listener)", kind = "send", mode = "count",
    options = "-c 8 -s 65536", unit = "GB/s", scale = 1e9, per = 65536, op = "64 KB" },
  { name = "bulk-echo", title = "bulk echo by `pipe()`", kind = "bulk", mode = "pipe",
    options = blocks, unit = "GB/s", scale = 1e9, per = 65536, op = "64 KB" },
  { name = "proxy", title = "TCP proxy by `pipe()`", kind = "proxy", mode = "proxy",
    options = blocks, unit = "GB/s", scale = 1e9, per = 65536, op = "64 KB" },

  { name = "udp-echo", title = "UDP echo 64 B", generator = "load_udp", server = "udp", kind = "echo", mode = "echo",
    options = "-c 6 -s 64 -d 32 -b 16", unit = "k/s", scale = 1e3, per = 1, op = "message" },
  { name = "udp-receive", title = "UDP receive only", generator = "load_udp", server = "udp", kind = "send",
    mode = "count", options = "-c 8 -s 64 -b 64", unit = "k/s", scale = 1e3, per = 1, op = "message", by = "cpu" },
  { name = "udp-fan-out", title = "UDP fan-out: one message to 500 peers", generator = "load_udp", server = "udp",
    kind = "fanout", mode = "fanout", options = "-c 500 -s 64 -d 4", unit = "k/s", scale = 1e3, per = 1,
    op = "delivery" },

  { name = "file-copy", title = "a file of 200 MB through a socket and back (C: cat into socat)",
    kind = "copy", size = 200000000, unit = "MB/s", scale = 1e6 },

  { name = "idle-memory", title = "private bytes per idle connection, of 9,900", kind = "memory", mode = "echo",
    options = "-c 9900 -s 64" },
  { name = "waiting-memory", title = "the same, ours waiting in receive()", kind = "memory", mode = "echo",
    modes = { moonport = "waiting" }, options = "-c 9900 -s 64" },
  { name = "lines", title = "100 MB of 64 B lines, `socket:lines()` beside `io.lines()`", kind = "script",
    script = "lines.lua", arguments = "build/lines.txt", summary = "ratio",
    columns = { { "file", "io.lines, M lines/s" }, { "socket", "socket:lines, M lines/s" }, { "ratio", "ratio" },
      { "cpu", "ratio of CPU" } } },
  { name = "spawn", title = "spawn and end of a task, µs", kind = "script", script = "spawn.lua", summary = "spawn",
    columns = { { "spawn", "CPU µs, at once" }, { "waiting", "CPU µs, after one sleep" } } },
  { name = "start-up", title = "start-up, hello world", kind = "startup", runs = 200 },
  { name = "prompt", title = "prompt ready, on a terminal", kind = "startup", until_prompt = true, runs = 100 },
  { name = "binary-size", title = "binary size, stripped", kind = "size" },
}
