-- dgram_batch_spec.lua - datagrams that arrive together, and a listener of 'message' that does something between two of
-- them: each is told once, in order, with its own sender, as if it had come alone.
local async = require "async"
local core = require "moonport.core"
local dgram = require "dgram"
local helper = require "spec.helper"
local run = helper.run

-- Two messages from 127.0.0.1, two from 127.0.0.2, and so on.
local function sender_of(i) return (i - 1) // 2 % 2 + 1 end

-- Sends messages, which are all there before the first is read.
-- f(server) adds listeners; returns what `tell` was called with, in order.
local function batch(count, f)
  local told = {}
  run(function()
    local server = dgram.createSocket "udp4"
    local port = server:bindSync({ address = "127.0.0.1" }).port
    local senders = {}
    for i = 1, 2 do
      senders[i] = dgram.createSocket "udp4"
      senders[i]:bindSync { address = "127.0.0." .. i }
    end
    local function tell(text) told[#told + 1] = text end
    local seen = 0
    local function count_down()
      seen = seen + 1
      if seen < count then return end
      for _, socket in ipairs { server, senders[1], senders[2] } do socket:close() end
    end
    f(server, tell, count_down)
    for i = 1, count do
      senders[sender_of(i)]:send(tostring(i), port, "127.0.0.1")
      core.process.flush()
    end
  end)
  return told
end

local function numbers(count, format)
  local list = {}
  for i = 1, count do list[i] = (format or "%d"):format(i) end
  return list
end

describe("A batch of datagrams", function()
  it("has its own sender for each of them", function()
    local told = batch(20, function(server, tell, count_down)
      server:on("message", function(message, info)
        tell(("%s %s %d"):format(message, info.address, info.size))
        count_down()
      end)
    end)
    local expected = {}
    for i = 1, 20 do expected[i] = ("%d 127.0.0.%d %d"):format(i, sender_of(i), #tostring(i)) end
    assert.same(expected, told)
  end)

  it("has it also where some wait, some raise, some do not", function()
    local errors = {}
    local function caught(err) errors[#errors + 1] = err:match "error %d+" end
    process:on("uncaughtException", caught)
    local told = batch(20, function(server, tell, count_down)
      server:on("message", function(message, info)
        local number = tonumber(message)
        local sender = info.address
        count_down()
        if number % 5 == 2 then async.sleep(1) end
        if number % 5 == 3 then error("error " .. message) end
        tell(("%s %s"):format(message, sender))
      end)
    end)
    process:removeListener("uncaughtException", caught)
    assert.same({ "error 3", "error 8", "error 13", "error 18" }, errors)
    local at_once, waited = {}, {}
    for i = 1, 20 do
      if i % 5 ~= 3 then table.insert(i % 5 == 2 and waited or at_once, ("%d 127.0.0.%d"):format(i, sender_of(i))) end
    end
    table.move(waited, 1, #waited, #at_once + 1, at_once)
    assert.same(at_once, told)
  end)

  it("lets ticks run between two of them", function()
    local told = batch(6, function(server, tell, count_down)
      server:on("message", function(message)
        tell(message)
        process.nextTick(tell, "tick " .. message)
        count_down()
      end)
    end)
    assert.same({ "1", "tick 1", "2", "tick 2", "3", "tick 3", "4", "tick 4", "5", "tick 5", "6", "tick 6" }, told)
  end)

  it("goes to whoever listens by then", function()
    local told = batch(8, function(server, tell, count_down)
      local function second(message) tell("second " .. message) end
      local function third(message, info)
        assert.equal("127.0.0." .. sender_of(message), info.address)
        tell("third " .. message)
        count_down()
        if message == "7" then
          server:removeAllListeners "message"
          server:once("message", function(last)
            tell("once " .. last)
            count_down()
          end)
        end
      end
      server:on("message", function(message, info)
        assert.equal("127.0.0." .. sender_of(message), info.address)
        tell("first " .. message)
        count_down()
        if message == "2" then server:on("message", second) end
        if message == "4" then server:removeListener("message", second) end
        if message == "5" then
          server:removeAllListeners "message"
          server:on("message", third)
        end
      end)
    end)
    assert.same({ "first 1", "first 2", "first 3", "second 3", "first 4", "second 4", "first 5", "third 6", "third 7",
      "once 8" }, told)
  end)

  it("has its own sender for each, whoever comes and goes", function()
    local told = batch(4, function(server, tell, count_down)
      local function second() end
      local function first(message, info)
        tell(message .. " " .. info.address)
        count_down()
        if message == "2" then server:removeAllListeners("message"):on("message", first) end
        if message == "3" then server:on("message", second) end
      end
      server:on("message", first)
      server:on("message", second)
    end)
    assert.same({ "1 127.0.0.1", "2 127.0.0.1", "3 127.0.0.2", "4 127.0.0.2" }, told)
  end)

  it("goes through the script's own emit from the moment there is one", function()
    local told = batch(4, function(server, tell, count_down)
      server:on("message", function(message)
        tell(message)
        count_down()
        if message ~= "2" then return end
        local emit = server.emit
        function server:emit(event, ...)
          tell("emit " .. event)
          return emit(self, event, ...)
        end
      end)
    end)
    assert.same({ "1", "2", "emit message", "3", "emit message", "4", "emit close" }, told)
  end)

  it("is cut off by close()", function()
    local told = {}
    run(function()
      local server, client = dgram.createSocket "udp4", dgram.createSocket "udp4"
      local port = server:bindSync({ address = "127.0.0.1" }).port
      server:on("message", function(message)
        told[#told + 1] = message
        if message == "2" then server:close() end
      end)
      for i = 1, 4 do client:send(tostring(i), port, "127.0.0.1", i == 4 and function() client:close() end or nil) end
    end)
    assert.same({ "1", "2" }, told)
  end)

  it("is a task for each that asks", function()
    local tasks = {}
    batch(6, function(server, _, count_down)
      server:on("message", function(message)
        count_down()
        local current = async.current()
        assert.is_nil(tasks[current])
        tasks[current] = true
        if message == "3" then current:cancel() end
        if message == "4" then async.sleep(1) end
      end)
    end)
  end)

  it("goes on where a listener yields to nobody, or resumes an earlier one", function()
    local waiting = {}
    local told = batch(6, function(server, tell, count_down)
      server:on("message", function(message)
        count_down()
        if message == "2" then
          waiting.co = coroutine.running()
          coroutine.yield()
          tell "2 went on"
        elseif message == "4" then
          assert(coroutine.resume(waiting.co))
        end
        tell(message)
      end)
    end)
    assert.same({ "1", "3", "2 went on", "2", "4", "5", "6" }, told)
  end)

  it("tells of an error where it was raised, and nothing of ours", function()
    local result = helper.script [[
      local dgram = require "dgram"
      local server, client = dgram.createSocket "udp4", dgram.createSocket "udp4"
      local port = server:bindSync({ address = "127.0.0.1" }).port
      server:on("message", function(message)
        local nothing
        if message == "2" then nothing() end
      end)
      for i = 1, 3 do client:send(tostring(i), port, "127.0.0.1") end
    ]]
    assert.equal(1, result.code)
    local lines = {}
    for line in result.err:gmatch "[^\n]+" do lines[#lines + 1] = line end
    assert.matches("^moonport: .*:6: attempt to call a nil value %(local 'nothing'%)$", lines[1])
    assert.equal("stack traceback:", lines[2])
    assert.matches("^\t.*:6: in function <.*:4>$", lines[3])
    assert.matches("^\t%[listener of 'message' on dgram.UDPSocket 127.0.0.1:%d+, created at .*:%d+%]$", lines[4])
    assert.equal(4, #lines)
  end)

  it("is whole where many come from one", function()
    assert.same(numbers(100), batch(100, function(server, tell, count_down)
      server:on("message", function(message)
        tell(message)
        count_down()
      end)
    end))
  end)
end)
