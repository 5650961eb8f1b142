local fs = require "fs"
local prelude = require "prelude"
local log, tmp = prelude.log, prelude.tmp

local path = tmp "file"
local file = assert(io.open(path, "w"))
file:write "hello"
file:close()
local function trace(label, s)
  for _, name in ipairs { "ready", "data", "end", "finish", "error", "close" } do
    s:on(name, function(...) log(label, name, ...) end)
  end
  return s:on("open", function() log(label, "open") end)
end
local steps = {
  function(next)
    local s = trace("read", fs.createReadStream(path))
    s:close(function(e) log("read closed", e) end)
    s:on("close", next)
  end,
  function(next)
    local s = trace("read ended", fs.createReadStream(path))
    s:on("end", function() s:close(function(e) log("read closed", e) end) end)
    s:on("close", next)
  end,
  function(next)
    local s = trace("write", fs.createWriteStream(path))
    s:write "x"
    s:close(function(e)
      log("closed", e)
      s:close(function()
        log "again"
        next()
      end)
    end)
  end,
  function(next)
    local s = trace("kept", fs.createReadStream(path, { autoClose = false }))
    s:on("end", function()
      setImmediate(function()
        log("kept", s.destroyed, s.autoClose, s.pending)
        s:destroy()
      end)
    end)
    s:on("close", next)
  end,
  function(next)
    local s = trace("write kept", fs.createWriteStream(path, { autoClose = false }))
    s:finish "y"
    s:on("finish", function()
      setImmediate(function()
        log("write kept", s.destroyed, s.pending)
        s:close(next)
      end)
    end)
  end,
  function(next)
    local s = trace("silent", fs.createReadStream(path, { emitClose = false }))
    s:on("end", function()
      setTimeout(function()
        log("silent", s.destroyed, s.closed)
        next()
      end, 50)
    end)
  end,
  function(next)
    local given = fs.createReadStream(path) -- its descriptor lives on
    given:on("open", function(fd)
      local s = trace("fd", fs.createReadStream(nil, { fd = fd }))
      log("fd", s.pending, s.path)
      s:on("close", next)
    end)
  end,
  function(next)
    local s = trace("missing, kept", fs.createReadStream(path .. "x", { autoClose = false }))
    s:on("error", function()
      setImmediate(function()
        log(s.destroyed, s.closed)
        next()
      end)
    end)
  end,
}
local function go(i)
  if not steps[i] then os.remove(path) else steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
