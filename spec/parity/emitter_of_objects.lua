-- server, socket and process are emitters with the same rules
local net = require "net"
local p = require "prelude"

local subjects = { { "server", net.createServer() }, { "socket", net.Socket() }, { "process", process } }
for _, subject in ipairs(subjects) do local name, emitter = subject[1], subject[2]
  local listener = function(...) p.log(name, "heard", ...) end
  p.log(name, emitter:emit("mine"), emitter:on("mine", listener) == emitter)
  emitter:once("mine", function() p.log(name, "once") end)
  emitter:prependListener("mine", function() p.log(name, "prepended") end)
  p.log(name, emitter:emit("mine", 1, "two", nil, 4), emitter:listenerCount("mine"))
  p.log(name, emitter:listeners("mine")[2] == listener, emitter:listenerCount("mine", listener))
  emitter:off("mine", listener)
  p.log(name, emitter:emit("mine"), emitter:removeAllListeners("mine") == emitter, emitter:emit("mine"))
end
