-- a Unix path that is taken, and one in a folder that is not there (EACCES, as libuv says)
local net = require "net"
local p = require "prelude"

local path = p.tmp("taken.sock")
local missing = p.tmp("missing") .. "/x.sock"
local holder; holder = net.createServer():listen(path, function()
  local server = net.createServer()
  server:on("close", function() p.log("close") end)
  server:once("error", function(err)
    p.log(err, err.code, err.errno, err.syscall, err.address)
    p.log(server.listening)
    server:once("error", function(second)
      p.log(second, second.code, second.errno, second.syscall, second.address)
      holder:close(function() server:listen({ path = path }, function() server:close() end) end)
    end)
    server:listen(missing)
  end)
  server:listen(path)
  p.log(server.listening)
  process.nextTick(function() p.log("tick") end)
end)
