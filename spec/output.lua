-- output.lua - how busted tells spec/run what happened. One word a line goes into the file $SPEC_RESULTS, at once, so
-- that a crash can be pinned to its test: "start NAME", then "pass", "fail" or "skip REASON"; "end" closes.
-- Failures go to standard output in full, among what the spec itself prints.
return function()
  local busted = require "busted"
  local handler = require "busted.outputHandlers.base"()
  local results = assert(io.open(assert(os.getenv "SPEC_RESULTS"), "w"))

  local function tell(...)
    results:write(table.concat({ ... }, " "):gsub("%s+", " "), "\n")
    results:flush()
    return nil, true -- busted: let the other subscribers have the event too
  end

  local function show(element, _, message, trace)
    trace = trace or {}
    io.write("\n", handler.getFullName(element), "\n", tostring(message), "\n", trace.traceback or "", "\n")
    io.flush()
    if element.descriptor ~= "it" then return tell("fail") end -- of an it, 'test end' tells
    return nil, true
  end

  local reason
  local tests = { predicate = handler.cancelOnPending }
  busted.subscribe({ "failure" }, show)
  busted.subscribe({ "error" }, show)
  busted.subscribe({ "pending" }, function(_, _, message)
    reason = message
    return nil, true
  end, tests)
  busted.subscribe({ "test", "start" }, function(element)
    reason = nil
    return tell("start", handler.getFullName(element))
  end, tests)
  busted.subscribe({ "test", "end" }, function(_, _, status)
    io.flush()
    if status == "success" then return tell("pass") end
    if status == "pending" then return tell("skip", tostring(reason or "")) end
    return tell("fail")
  end, tests)
  busted.subscribe({ "suite", "end" }, function() return tell("end") end)
  return handler
end
