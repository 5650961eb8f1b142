-- hasRef, ref, unref and refresh of what has run, runs, or is cleared; Symbol.dispose
local p = require "prelude"

local cleared = setTimeout(function() p.log("never") end, 5)
clearTimeout(cleared)
p.log("cleared", cleared:hasRef(), cleared:unref():hasRef(), cleared:ref():hasRef())
local cleared_immediate = setImmediate(function() p.log("never") end)
clearImmediate(cleared_immediate)
p.log("cleared immediate", cleared_immediate:hasRef(), cleared_immediate:ref():hasRef(), cleared_immediate:unref():hasRef())

local function timers()
  local fired = 0
  local timer
  timer = setTimeout(function()
    fired = fired + 1
    p.log("timer", fired, timer:hasRef())
    if fired > 1 then return end
    setTimeout(function()
      p.log("after it", timer:hasRef(), timer:unref():hasRef(), timer:ref():hasRef())
      timer:refresh()
      p.log("refreshed", timer:hasRef())
    end, 5)
  end, 1)
  local quiet = setTimeout(function() p.log("never") end, 60000):unref()
  p.log("unref", quiet:refresh():hasRef())
  local interval
  interval = setInterval(function()
    p.log("interval", interval:hasRef())
    clearInterval(interval)
    p.log("cleared", interval:hasRef())
  end, 1)
end

local immediate
immediate = setImmediate(function()
  p.log("immediate", immediate:hasRef(), immediate:ref():hasRef())
  setImmediate(function()
    p.log("after it", immediate:hasRef(), immediate:ref():hasRef())
    timers()
  end)
end)

local disposed_immediate
do
  local disposed <close> = setImmediate(function() p.log("never") end)
  local timeout <close> = setTimeout(function() p.log("never") end, 1)
  disposed_immediate = timeout and disposed
end
p.log(disposed_immediate:hasRef())
