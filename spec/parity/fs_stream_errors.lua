local fs = require "fs"
local prelude = require "prelude"
local log, tmp = prelude.log, prelude.tmp

local missing = tmp "missing"
local events = { "ready", "data", "end", "finish", "close" }
local steps = {
  { "no file", function() return fs.createReadStream(missing) end },
  { "a folder", function() return fs.createReadStream "/" end },
  { "no folder", function() return fs.createWriteStream(missing .. "/x") end },
  { "to a folder", function() return fs.createWriteStream "/" end },
  { "is there", function() return fs.createWriteStream("/dev/null", { flags = "wx" }) end },
  { "full", function() return fs.createWriteStream "/dev/full" end },
}
local function go(i)
  if not steps[i] then return end
  local label, stream = steps[i][1], steps[i][2]()
  for _, name in ipairs(events) do stream:on(name, function(...) log(label, name, ...) end) end
  stream:on("error", function(err)
    log(label, err, err.errno, err.syscall, err.path, stream.destroyed, stream.errored == err)
  end)
  if stream.write then
    stream:write("one", function(err) log(label, "wrote", err) end)
    stream:write("two", function(err) log(label, "wrote", err) end)
    stream:finish(function(err) log(label, "ended", err) end)
  end
  stream:on("close", function() go(i + 1) end)
end
go(1)
