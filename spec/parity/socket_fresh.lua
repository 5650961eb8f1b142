-- every property of a socket that was only made
local net = require "net"
local p = require "prelude"

local socket = net.Socket()
p.log(socket.connecting, socket.pending, socket.destroyed, socket.readyState, socket.timeout)
p.log(socket.bytesRead, socket.bytesWritten, socket.bufferSize, socket.allowHalfOpen, socket.server)
p.log(socket.remoteAddress, socket.remotePort, socket.remoteFamily, socket.localAddress, socket.localPort, socket.localFamily)
p.log(socket.readable, socket.readableFlowing, socket.readableEnded, socket.readableLength, socket.readableEncoding)
p.log(socket.writable, socket.writableEnded, socket.writableFinished, socket.writableLength)
p.log(socket.writableNeedDrain, socket.writableCorked, socket.errored, socket.closed)
p.log(socket.readableHighWaterMark, socket.writableHighWaterMark, socket.autoSelectFamilyAttemptedAddresses)
p.log(socket:isPaused(), socket:address(), socket:read())
local small = net.Socket({ highWaterMark = 10, allowHalfOpen = true })
p.log(small.readableHighWaterMark, small.writableHighWaterMark, small.allowHalfOpen)
local both = net.Socket({ readableHighWaterMark = 5, writableHighWaterMark = 7 })
p.log(both.readableHighWaterMark, both.writableHighWaterMark)
p.log(net.Socket == net.Stream, net.connect == net.createConnection)
