local show = require "prelude".log

local out = process.stdout
local lines = {} -- Node's console.log writes to process.stdout as well: what is seen is told at the end
local function log(...) lines[#lines + 1] = table.pack(...) end
for _, name in ipairs { "prefinish", "finish", "drain", "error", "close" } do
  out:on(name, function(...) log("out", name, ...) end)
end
log("first", out == process.stdout, out.fd, out.isTTY, out.columns, out.writable)
out:write("written\n", function(err) log("wrote", err) end)
log("then", out.writableLength, out.writableNeedDrain)
log("more", out:write(("x"):rep(100000) .. "\n"), out.writableLength)
out:cork()
out:write "corked\n"
log "before"
out:uncork()
out:finish("ended\n", function(err) log("end cb", err) end)
log(out.writableEnded, out.writableFinished)
setImmediate(function()
  log(out.writableEnded, out.destroyed, out.closed)
  log(out:write "again\n")
  out:destroy(Error "told")
  setImmediate(function()
    log(out.destroyed, out.errored)
    out:write "still there\n"
    for _, line in ipairs(lines) do show(table.unpack(line, 1, line.n)) end
  end)
end)
