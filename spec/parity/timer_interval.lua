-- setInterval: again and again, with arguments, until cleared - by clearTimeout as well, and from within
local p = require "prelude"

local count, interval = 0, nil
interval = setInterval(function(...)
  count = count + 1
  p.log("interval", count, ...)
  process.nextTick(function() p.log("tick", count) end)
  if count < 3 then return end
  clearInterval(interval)
  local other; other = setInterval(function()
    count = count + 1
    p.log("other", count)
    if count == 5 then clearTimeout(other) end
  end, 1)
  clearInterval(setTimeout(function() p.log("never") end, 1))
end, 2, "x", 7)
process.on("exit", function() p.log("exit", count) end)
