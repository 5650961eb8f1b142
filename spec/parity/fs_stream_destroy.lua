local fs = require "fs"
local prelude = require "prelude"
local log, tmp = prelude.log, prelude.tmp

local path = tmp "file"
local file = assert(io.open(path, "w"))
file:write(("x"):rep(200000))
file:close()
local events = { "ready", "end", "finish", "error", "close" }
local steps = {
  { "read, at once", function() return fs.createReadStream(path):destroy() end },
  { "read, at once, error", function() return fs.createReadStream(path):destroy(Error "enough") end },
  { "read, no file", function() return fs.createReadStream(path .. "x"):destroy() end },
  { "read, in open", function()
    local s = fs.createReadStream(path)
    return s:on("open", function() s:destroy() end)
  end },
  { "read, in data", function()
    local s = fs.createReadStream(path)
    return s:on("data", function() s:destroy(Error "enough") end)
  end },
  { "read, twice", function() return fs.createReadStream(path):destroy():destroy(Error "late") end },
  { "write, at once", function()
    local s = fs.createWriteStream "/dev/null"
    s:write("a", function(e) log("cb", e) end)
    s:finish(function(e) log("end cb", e) end)
    return s:destroy()
  end },
  { "write, error", function()
    local s = fs.createWriteStream "/dev/null"
    s:write("a", function(e) log("cb", e) end)
    return s:destroy(Error "enough")
  end },
  { "write, under way", function()
    local s = fs.createWriteStream "/dev/null"
    s:on("ready", function()
      s:write("a", function(e) log("first", e) end)
      s:write("b", function(e) log("second", e) end)
      s:destroy()
      log("after", s:write("c", function(e) log("third", e) end))
    end)
    return s
  end },
}
local function go(i)
  if not steps[i] then return os.remove(path) end
  local label, stream = steps[i][1], steps[i][2]()
  log(label, stream.destroyed, stream.closed)
  for _, name in ipairs(events) do stream:on(name, function(...) log(label, name, ...) end) end
  stream:on("open", function() log(label, "open") end)
  stream:on("close", function() setImmediate(go, i + 1) end)
end
go(1)
