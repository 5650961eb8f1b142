local fs = require "fs"
local prelude = require "prelude"
local log, trace, tmp = prelude.log, prelude.trace, prelude.tmp

local path = tmp "file"
local events = { "ready", "drain", "prefinish", "finish", "error", "close" }
local function contents()
  local file = assert(io.open(path))
  local text = file:read "a"
  file:close()
  return (text:gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end
local function write(label, options, parts, next)
  local stream = trace(label, fs.createWriteStream(path, options), events)
  log(label, stream.pending, stream.fd == nil, stream.bytesWritten, stream.path == path)
  stream:on("open", function(fd) log(label, "open", fd == stream.fd, stream.pending) end)
  for _, part in ipairs(parts) do
    log(label, stream:write(part, function(err) log(label, "wrote", part, err) end), stream.writableLength)
  end
  stream:finish(function() log(label, "ended", stream.bytesWritten, stream.writableFinished) end)
  log(label, stream.writableEnded, stream.writable)
  stream:on("close", function()
    log(label, stream.bytesWritten, stream.destroyed, stream.closed, contents())
    next()
  end)
end
local steps = { { "new", nil, { "one ", "two ", "three" } }, { "append", { flags = "a" }, { "+" } },
  { "within", { flags = "r+", start = 4 }, { "TWO" } }, { "latin1", "latin1", { "é" } },
  { "mark", { highWaterMark = 3 }, { "abc", "d" } }, { "nothing", nil, {} } }
local function go(i)
  if not steps[i] then return os.remove(path) end
  write(steps[i][1], steps[i][2], steps[i][3], function() go(i + 1) end)
end
go(1)
