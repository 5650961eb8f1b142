-- the option onread: no 'data', the rest as always; false stops until resume()
local net = require "net"
local p = require "prelude"
local log = p.log

local server, socket
server = net.createServer(function(peer)
  peer:write("hello")
  peer:once("data", function(data)
    log("server", "got", data, socket.readableFlowing)
    peer:finish("bye")
    socket:resume()
  end)
end):listen(0, "127.0.0.1", function()
  local calls = 0
  socket = net.connect {
    port = server:address().port, host = "127.0.0.1",
    onread = {
      buffer = "",
      callback = function(nread, data)
        log("onread", nread, data, socket.bytesRead)
        calls = calls + 1
        if calls > 1 then return true end
        socket:write("more")
        return false
      end,
    },
  }
  log(socket:listenerCount("data"), socket.readableFlowing)
  p.trace("socket", socket, { "connect", "ready", "data", "readable", "pause", "resume", "end", "finish", "close" })
  socket:removeAllListeners("readable")
  socket:on("close", function() server:close() end)
end)
