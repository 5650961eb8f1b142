local fs = require "fs"
local prelude = require "prelude"
local log, trace, tmp = prelude.log, prelude.trace, prelude.tmp

local path = tmp "file"
local file = assert(io.open(path, "w"))
file:write "hello, file"
file:close()
local events = { "ready", "end", "error", "close" }
local function read(label, options, next)
  local stream = trace(label, fs.createReadStream(path, options), events)
  log(label, stream.pending, stream.fd == nil, stream.bytesRead, stream.path == path, stream.destroyed)
  stream:on("open", function(fd) log(label, "open", fd == stream.fd, stream.pending) end)
  stream:on("data", function(chunk) log(label, "data", chunk, stream.bytesRead) end)
  stream:on("close", function()
    log(label, stream.bytesRead, stream.destroyed, stream.closed, stream.readableEnded)
    next()
  end)
end
local steps = { { "whole" }, { "range", { start = 3, ["end"] = 6 } }, { "from", { start = 7 } },
  { "text", { encoding = "hex", ["end"] = 1 } }, { "encoding", "utf8" }, { "behind", { start = 20 } },
  { "pieces", { highWaterMark = 4 } } }
local function go(i)
  if not steps[i] then return os.remove(path) end
  read(steps[i][1], steps[i][2], function() go(i + 1) end)
end
go(1)
