-- back-pressure through a pipe: four megabytes arrive, slowly read at first
local net = require "net"
local p = require "prelude"

local total, pauses = 0, 0
local sink; sink = net.createServer(function(peer)
  peer:on("data", function(chunk)
    total = total + #chunk
    if pauses < 3 then
      pauses = pauses + 1
      peer:pause()
      setTimeout(function() peer:resume() end, 5)
    end
  end)
  peer:on("end", function() p.log("total", total) end)
  peer:on("close", function() sink:close(function() p.log("closed", pauses) end) end)
end)
local source; source = net.createServer(function(peer)
  for i = 0, 15 do peer:write(("x"):rep(250000)) end
  peer:finish(function()
    p.log("written", peer.bytesWritten)
    source:close()
  end)
end)
sink:listen(0, "127.0.0.1", function() source:listen(0, "127.0.0.1", function()
  net.connect(source:address().port, "127.0.0.1"):pipe(net.connect(sink:address().port, "127.0.0.1"))
end) end)
