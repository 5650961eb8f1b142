-- sizes of buffers: twice what was set; none before bind()
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
for _, method in ipairs({ "getRecvBufferSize", "getSendBufferSize" }) do p.attempt(method, function() return socket[method](socket) end) end
for _, method in ipairs({ "setRecvBufferSize", "setSendBufferSize" }) do
  p.attempt(method, function() return socket[method](socket, 4096) end)
  p.attempt("size first", function() return socket[method](socket, -1) end)
end
local _, err = pcall(function() socket:getRecvBufferSize() end)
p.log(err.name, err.code, err.errno, err.syscall, err.info.code, err.info.errno, err.info.message, err.info.syscall)
socket:bind(0, "127.0.0.1", function()
  p.attempt("setRecvBufferSize", function() return socket:setRecvBufferSize(8192) end)
  p.attempt("setSendBufferSize", function() return socket:setSendBufferSize(16384) end)
  p.log(socket:getRecvBufferSize(), socket:getSendBufferSize())
  for _, method in ipairs({ "setRecvBufferSize", "setSendBufferSize" }) do
    for _, size in ipairs({ -1, 1.5, 4294967296, "8192", true, false, 2147483648, 4294967295 }) do
      p.attempt(("%s %s"):format(method, size), function() return socket[method](socket, size) end)
    end
    p.attempt("nothing", function() return socket[method](socket) end)
    p.attempt("object", function() return socket[method](socket, {}) end)
    p.attempt("nan", function() return socket[method](socket, 0 / 0) end)
    p.attempt("0 asks only", function() return socket[method](socket, 0) end)
  end
  p.log(socket:getRecvBufferSize(), socket:getSendBufferSize())
  socket:close()
end)
