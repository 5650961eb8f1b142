-- 'error' without a listener: an Error itself is thrown, anything else as ERR_UNHANDLED_ERROR
local EventEmitter = require "events"
local net = require "net"
local p = require "prelude"

local emitter = EventEmitter()
local mine = RangeError("mine")
do local _, err = pcall(emitter.emit, emitter, "error", mine); p.log(err == mine, err) end
p.attempt("string", function() return emitter:emit("error", "text") end)
p.attempt("number", function() return emitter:emit("error", 5) end)
p.attempt("boolean", function() return emitter:emit("error", false) end)
p.attempt("nothing", function() return emitter:emit("error") end)
p.attempt("server", function() return net.createServer():emit("error", Error("of the server")) end)
emitter:once("error", function(err) p.log("heard", err) end)
p.attempt("heard", function() return emitter:emit("error", "text") end)
p.attempt("once more", function() return emitter:emit("error", Error("unheard")) end)
emitter:on("error", function() error(Error("thrown by the listener")) end)
p.attempt("thrown", function() return emitter:emit("error", mine) end)
