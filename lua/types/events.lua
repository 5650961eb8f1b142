---@meta events

--- Named events and their listeners. Sockets, servers, abort signals and `process` are emitters;
--- `require "events"()` is a new one. [Node](https://nodejs.org/api/events.html#class-eventemitter)
---
--- A listener is a function or anything that can be called. It gets the arguments of the event, never the emitter.
---
--- Events of every emitter:
--- * `"newListener"` (event, listener): before a listener is added.
--- * `"removeListener"` (event, listener): after one was removed.
--- * `"error"` (err): without a listener for it, `emit` raises err.
---@class EventEmitter
local EventEmitter = {}

--- Adds a listener behind the others. Raises ERR_INVALID_ARG_TYPE for what cannot be called.
--- More than `getMaxListeners()` of an event give one warning.
--- [Node](https://nodejs.org/api/events.html#emitteroneventname-listener)
---@param event any the name of the event, usually a string
---@param listener fun(...: any)
---@return self
function EventEmitter:on(event, listener) end

--- The same as `on`. [Node](https://nodejs.org/api/events.html#emitteraddlistenereventname-listener)
---@param event any
---@param listener fun(...: any)
---@return self
function EventEmitter:addListener(event, listener) end

--- Adds a listener that is removed before it is called.
--- [Node](https://nodejs.org/api/events.html#emitteronceeventname-listener)
---@param event any
---@param listener fun(...: any)
---@return self
function EventEmitter:once(event, listener) end

--- Waits until an event is emitted: its arguments, or the emitter where it has none; nil, err when "error" or
--- "close" come first, or the limit is over. wait("close") gives true, hadError. What is so already is not waited
--- for: "connect" of a socket that is connected, "listening" of a server that listens.
---@param event any
---@param limit? number|async.Limit
---@return any ...
function EventEmitter:wait(event, limit) end

--- for a, b in emitter:events(event) do: each time it is emitted, in order, until "close", or until it was not emitted
--- for so long. Waits.
---@param event any
---@param limit? number|async.Limit ms
---@return fun(): ...
function EventEmitter:events(event, limit) end

--- Adds a listener in front of the others.
--- [Node](https://nodejs.org/api/events.html#emitterprependlistenereventname-listener)
---@param event any
---@param listener fun(...: any)
---@return self
function EventEmitter:prependListener(event, listener) end

--- Adds a listener in front of the others that is removed before it is called.
--- [Node](https://nodejs.org/api/events.html#emitterprependoncelistenereventname-listener)
---@param event any
---@param listener fun(...: any)
---@return self
function EventEmitter:prependOnceListener(event, listener) end

--- Removes a listener: the one that was added last, if it was added several times.
--- [Node](https://nodejs.org/api/events.html#emitteroffeventname-listener)
---@param event any
---@param listener fun(...: any) as it was given to on or once
---@return self
function EventEmitter:off(event, listener) end

--- The same as `off`. [Node](https://nodejs.org/api/events.html#emitterremovelistenereventname-listener)
---@param event any
---@param listener fun(...: any)
---@return self
function EventEmitter:removeListener(event, listener) end

--- Removes all listeners of an event, or of all events.
--- [Node](https://nodejs.org/api/events.html#emitterremovealllistenerseventname)
---@param event? any
---@return self
function EventEmitter:removeAllListeners(event) end

--- Calls the listeners of an event in order, those that it has now. A listener that raises ends the call; `"error"`
--- without a listener raises its argument (ERR_UNHANDLED_ERROR if that is no error).
--- [Node](https://nodejs.org/api/events.html#emitteremiteventname-args)
---@param event any
---@param ... any
---@return boolean heard whether there was a listener
function EventEmitter:emit(event, ...) end

--- How many listeners an event has, or how often it has this one.
--- [Node](https://nodejs.org/api/events.html#emitterlistenercounteventname-listener)
---@param event any
---@param listener? fun(...: any)
---@return integer
function EventEmitter:listenerCount(event, listener) end

--- The listeners of an event, in a table of the caller's own.
--- [Node](https://nodejs.org/api/events.html#emitterlistenerseventname)
---@param event any
---@return function[]
function EventEmitter:listeners(event) end

--- The same with the wrappers of `once`, which are tables: `.listener` is the function, a call of one removes it.
--- [Node](https://nodejs.org/api/events.html#emitterrawlistenerseventname)
---@param event any
---@return any[]
function EventEmitter:rawListeners(event) end

--- The events that have listeners, in the order in which they got the first.
--- [Node](https://nodejs.org/api/events.html#emittereventnames)
---@return any[]
function EventEmitter:eventNames() end

--- How many listeners of an event are fine; 0: any number.
--- Raises ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE. [Node](https://nodejs.org/api/events.html#emittersetmaxlistenersn)
---@param n number
---@return self
function EventEmitter:setMaxListeners(n) end

--- [Node](https://nodejs.org/api/events.html#emittergetmaxlisteners)
---@return number
function EventEmitter:getMaxListeners() end

--- The module is the class itself: call it for a new emitter, or make a class of your own with `extend`.
---@class events: EventEmitter
---@overload fun(): EventEmitter
---@field EventEmitter events the class itself
---@field errorMonitor lightuserdata an event: its listeners see every "error" first, and do not count as handling it
---@field defaultMaxListeners number how many listeners of an event are fine where setMaxListeners was not called (10)
local events = {}

--- A new emitter, as events() makes it.
---@param class? table the class that it is of
---@return EventEmitter
function events.new(class) end

--- A class of its own, which inherits from this one. Call it to make an object; what it is called with goes to the
--- method `init(self, ...)` if the class has one. Not in Node, where classes are the language's.
---@param name? string as errors and inspect show it
---@return events class
function events:extend(name) end

return events
