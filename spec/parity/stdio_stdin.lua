local prelude = require "prelude"
local log, trace = prelude.log, prelude.trace

local input = process.stdin
log(input == process.stdin, input.fd, input.isTTY, input.readableFlowing, input.readable, input.destroyed)
trace("in", input, { "open", "ready", "data", "pause", "resume", "end", "close" })
input:on("end", function()
  setImmediate(function() log(input.readableEnded, input.destroyed, input.closed) end)
end)
