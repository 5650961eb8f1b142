-- times that do not fit are warned of and count as 1 ms
local p = require "prelude"

process.removeAllListeners("warning")
process.on("warning", function(warning) p.log(warning.name, warning.message) end)
for _, ms in ipairs { 2147483647, 2147483648, 2147483648.5, 4294967296, 1e300, math.huge } do
  local timer = setTimeout(function() end, ms)
  if ms == 2147483647 then clearTimeout(timer) end
end
clearInterval(setInterval(function() end, 2147483648))
