-- dgram_reentry_spec.lua - UDPSocket, while a callback of it does what it had better not: runs the loop, changes what is
-- being sent, answers a lookup with anything. What comes and goes stays right, and nobody writes where it must not.
local dgram = require "dgram"
local helper = require "spec.helper"
local processes = require "spec.processes"
local run, must, never = helper.run, helper.must, helper.never

-- Runs a script of its own with run(f) of the module moonport, which runs the loop where it is called.
local function prints(expected, source)
  local result = helper.script([[
    local dgram = require "dgram"
    local run = require "moonport".run
    local function bound(host)
      local socket = dgram.createSocket "udp4"
      return socket, socket:bindSync({ address = host or "127.0.0.1" }).port
    end
  ]] .. source)
  assert.equal("", result.err)
  assert.equal(expected, result.out)
  assert.equal(0, result.code)
end

describe("A listener of 'message' that runs the loop", function()
  it("has the right sender of each message, before and after", function()
    prints("a1 127.0.0.1\nb in between 127.0.0.2\nback\nb2 127.0.0.2\na3 127.0.0.1\n", [[
      local server, port = bound()
      local a, b = bound "127.0.0.1", bound "127.0.0.2"
      a:unref()
      b:unref()
      server:on("message", function(message, info)
        print(message .. " " .. info.address)
        if message == "a1" then
          b:send("b in between", port)
          run(function() server:once("message", function() server:unref() end) end)
          print "back"
          server:ref()
        elseif message == "a3" then
          for _, socket in ipairs { server, a, b } do socket:close() end
        end
      end)
      -- all of them are there before the first is read
      a:send("a1", port, function() b:send("b2", port, function() a:send("a3", port) end) end)
    ]])
  end)

  it("has the callbacks of what is sent in the loop, while it runs", function()
    prints("sent 1\nto the peer 1\nback\n", [[
      local server, port = bound()
      local peer = bound()
      peer:unref()
      peer:connect(port)
      local function later(f) -- in a callback of that loop, which keeps nothing else alive
        setTimeout(function()
          f()
          setTimeout(function() end, 1)
        end, 1)
      end
      server:once("message", function()
        server:unref()
        later(function()
          server:send("x", 9, "127.0.0.1", function(_, bytes)
            print("sent " .. bytes)
            later(function()
              peer:send("x", function(_, count) print("to the peer " .. count) end)
            end)
          end)
        end)
        run(function() end)
        print "back"
        server:close()
        peer:close()
      end)
      local client = dgram.createSocket "udp4"
      client:send("x", port)
      client:close()
    ]])
  end)

  it("may close the socket, and forget it", function()
    prints("closed\nclosed\nclosed\nclosed\nclosed\nclosed\n", [[
      local function round(socket, port, after)
        local client = dgram.createSocket "udp4"
        local function forget()
          socket:close(function() print "closed" end)
          socket = nil
          run(function() end) -- until it is closed
          local other = dgram.createSocket "udp4"
          other:bindSync()
          other:send("x", 9, function() -- when the listener is over
            collectgarbage()
            collectgarbage()
            other:close()
          end)
        end
        if after == "message" then
          socket:on("message", forget)
          for _ = 1, 3 do client:send("x", port) end
        elseif after == "sent" then
          socket:send("x", 9, forget)
          socket:send("y", 9)
        else
          socket:connect(9, function()
            socket:on("error", forget)
            socket:send "x"
          end)
        end
        client:close()
      end
      for _, after in ipairs { "message", "sent", "error" } do
        local socket, port = bound()
        round(socket, port, after)
        setTimeout(function()
          local other, number = bound()
          round(other, number, after)
        end, 1)
      end
    ]])
  end)
end)

describe("A list of strings that is changed while it is sent", function()
  local changes = {
    longer = function(list) list[1] = ("x"):rep(1000000) end, more = function(list) list[3] = "x" end,
    shorter = function(list) list[2] = "" end, less = function(list) list[2] = nil end, number = function(list) list[1] = 5 end,
  }
  for name, change in pairs(changes) do
    it("is refused (" .. name .. ")", function()
      run(function()
        local socket = dgram.createSocket "udp4"
        local list = { "some", "text" }
        function socket:bind()
          change(list)
          return dgram.Socket.prototype.bind(self)
        end
        local ok, err = pcall(socket.send, socket, list, 9, "127.0.0.1", never "callback")
        assert.is_false(ok)
        assert.matches("the list of strings was changed while it was sent", err)
        socket:close(must())
      end)
    end)
  end
end)

describe("A lookup", function()
  local function socket_with(answer)
    return dgram.createSocket { type = "udp4", lookup = function(_, _, callback) setImmediate(callback, nil, answer) end }
  end

  -- Node ends with an assertion of its C++ where this is no string, and cuts one at the NUL.
  for name, answer in pairs { ["nil"] = false, number = 5, table = {}, ["a NUL"] = "127.0.0.1\0.example" } do
    answer = answer or nil
    it("that answers with what is no address (" .. name .. ") gives EINVAL", function()
      run(function()
        local function is_invalid(syscall)
          return must(function(err)
            assert.same({ "EINVAL", syscall }, { err.code, err.syscall })
          end)
        end
        local unbound = socket_with(answer)
        unbound:on("error", is_invalid "bind")
        unbound:bind(0, "a.name")
        local socket = socket_with(answer)
        socket:bind(0, "127.0.0.1", must(function()
          socket:send("x", 9, "a.name", is_invalid "send")
          socket:connect(9, "a.name", must(function(err)
            assert.same({ "EINVAL", "connect" }, { err.code, err.syscall })
            unbound:close(must())
            socket:close(must())
          end))
        end))
      end)
    end)
  end
end)

describe("A descriptor that is taken over", function()
  local script = helper.path ".lua"

  -- Nothing but a shell has a bound UDP socket to give: bash makes one that has a peer already.
  local function with_descriptor(expected, source)
    local reason = processes.missing "bash"
    if reason then pending(reason) end
    helper.write_file(script, [==[
      local dgram = require "dgram"
      local server = dgram.createSocket "udp4"
      local port = server:bindSync({ address = "127.0.0.1" }).port
      server:on("message", function(message, info)
        server:send(message .. ", back", info.port, info.address)
        server:close()
      end)
    ]==] .. source)
    local result = helper.shell(
      ([[exec bash -c 'exec 7<>/dev/udp/127.0.0.1/9; exec timeout -k 1 10 "$0" %s' "$M"]]):format(script))
    assert.same({ "", expected, 0 }, { result.err, result.out, result.code })
  end

  it("sends, has a peer, receives, and is closed", function()
    with_descriptor("listening 7 true\nto the peer, back 7\nnil\tUnsupported fd type: UNKNOWN\n", [[
      local socket = dgram.createSocket("udp4")
      socket:bind({ fd = 7, port = 5, address = "127.0.0.9" }, function()
        print("listening " .. socket.fd .. " " .. tostring(socket:address().port > 5))
        socket:connect(port, "127.0.0.1", function() socket:send "to the peer" end)
      end)
      socket:on("message", function(message)
        print(message .. " " .. socket.fd)
        socket:close(function()
          local other = dgram.createSocket "udp4"
          print(socket.fd, select(2, pcall(other.bind, other, { fd = 7 })).message) -- it is closed
        end)
      end)
      local ok, err = pcall(socket.bind, socket, { fd = 7 })
      assert(not ok and err.code == "ERR_SOCKET_ALREADY_BOUND")
      local other = dgram.createSocket "udp4"
      ok, err = pcall(other.bind, other, { fd = 7 })
      assert(not ok and err.message == "open EEXIST", err)
      other:close()
    ]])
  end)

  it("is of the family that it is of, not of the socket's", function()
    with_descriptor("IPv4\nEINVAL\nhello, back\n", [[
      local socket = dgram.createSocket "udp6"
      local taken, number = dgram.createSocket "udp6", nil
      number = taken:bindSync({ address = "::1" }).port
      local ok, err = pcall(socket.bindSync, socket, { address = "::1", port = number })
      assert(not ok and err.code == "EADDRINUSE")
      taken:close()
      socket:bind({ fd = 7 })
      print(socket:address().family)
      socket:send("x", 9, "::1", function(failed)
        print(failed.code)
        socket:connect(port, "127.0.0.1", function() socket:send "hello" end)
      end)
      socket:on("message", function(message)
        print(message)
        socket:close()
      end)
    ]])
  end)
end)
