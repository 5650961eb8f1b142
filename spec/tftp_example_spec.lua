-- tftp_example_spec.lua - examples/tftp_server.lua in a process of its own: with curl, and with a client of our own making
-- that loses, repeats and forges packets.
local dgram = require "dgram"
local helper = require "spec.helper"
local processes = require "spec.processes"
local run, must = helper.run, helper.must
local start, output_of = processes.start, processes.output_of

local function needs(...)
  local reason = processes.missing(...)
  if reason then pending(reason) end
end

local function example(script, checks) describe("The example examples/" .. script, checks) end

local NEVER = 600000 -- ms: as a timeout, for tests that count what comes

example("tftp_server.lua", function()
  local RRQ, WRQ, DATA, ACK, ERROR = 1, 2, 3, 4, 5
  local folder, port, server

  after_each(processes.kill_all)

  -- A server with a folder of its own; timeout (ms): after it, what was sent is sent again.
  local function serve(timeout)
    folder = helper.path()
    os.execute("mkdir " .. folder)
    server = processes.example("tftp_server.lua", ("%s 0 127.0.0.1 %s"):format(folder, timeout))
    port = server:expect "tftp://127%.0%.0%.1:(%d+)"
  end

  local function put(name, text) helper.write_file(folder .. "/" .. name, text) end
  local function get(name) return helper.read_file(folder .. "/" .. name) end

  local function curl(arguments, ...)
    needs "curl"
    if not output_of "curl -V":find "%f[%w]tftp%f[%W]" then pending "this curl knows no TFTP" end
    return start(("curl -sS --path-as-is --max-time 20 " .. arguments):format(...))
  end

  local function fails(code, process) assert.equal("exit " .. code, select(2, process:wait())) end

  local function request(op, name, mode) return (">I2zz"):pack(op, name, mode or "octet") end
  local function packet(op, number, data) return (">I2I2"):pack(op, number) .. (data or "") end

  -- A client: sends a request, then heard(op, number, data, answer), answer(packet) going to the transfer's port.
  local function client(first, heard)
    local socket, peer = dgram.createSocket "udp4", nil
    local function answer(text) socket:send(text, peer.port, peer.address) end
    socket:on("message", function(message, info)
      peer = info
      local op, number = (">I2I2"):unpack(message)
      heard(op, number, message:sub(5), answer, info)
    end)
    if first then socket:send(first, port) end
    return socket
  end

  it("gives files to curl, and takes them", function()
    serve(NEVER)
    local sizes, gets, puts = { 0, 1, 511, 512, 513, 20000 }, {}, {}
    for i, size in ipairs(sizes) do
      put("file" .. size, helper.bytes(size))
      gets[i] = ("-o %s/got%d tftp://127.0.0.1:%s/file%d"):format(folder, size, port, size)
      puts[i] = ("-T %s/file%d tftp://127.0.0.1:%s/put%d"):format(folder, size, port, size)
    end
    curl("%s", table.concat(gets, " ")):ends ""
    curl("%s", table.concat(puts, " ")):ends ""
    for _, size in ipairs(sizes) do
      local text = helper.bytes(size)
      assert.is_true(text == (get("got" .. size) or ""), size .. " bytes, got") -- of none curl makes no file
      assert.is_true(text == get("put" .. size), size .. " bytes, put")
    end
    assert.equal("signal 15", select(2, server:kill()))
  end)

  it("tells curl why not", function()
    serve(NEVER)
    put("file", "old")
    put(".hidden", "x")
    os.execute(("mkdir %s/sub"):format(folder))
    fails(68, curl("tftp://127.0.0.1:%s/other", port))
    fails(69, curl("tftp://127.0.0.1:%s/../file", port))
    fails(69, curl("tftp://127.0.0.1:%s/.hidden", port))
    fails(71, curl("tftp://127.0.0.1:%s/sub", port))
    fails(73, curl("-T %s/file tftp://127.0.0.1:%s/file", folder, port))
    fails(73, curl("-T %s/file tftp://127.0.0.1:%s/sub", folder, port))
    assert.equal("old", get "file")
  end)

  it("serves many at once", function()
    serve(NEVER)
    local clients = {}
    put("file", helper.bytes(20000))
    for i = 1, 8 do clients[i] = curl("-o %s/copy%d tftp://127.0.0.1:%s/file", folder, i, port) end
    for i, process in ipairs(clients) do
      process:ends ""
      assert.is_true(get "file" == get("copy" .. i))
    end
  end)

  -- Asks for a file again and again, until it is a new transfer that answers; returns the timer.
  local function ask_again(socket)
    return setInterval(function() socket:send(request(RRQ, "file"), port) end, 20)
  end

  -- The server gives up when this process does not get its turn for five times 30 ms: then there is a new transfer.
  it("sends again what got lost", function()
    serve(30)
    local text = helper.bytes(512 * 5 + 100)
    put("file", text)
    run(function()
      local transfer, seen, parts, timer, socket = nil, nil, nil, nil, nil
      socket = client(nil, function(op, number, data, answer, info)
        if info.port ~= transfer then transfer, seen, parts = info.port, {}, {} end
        assert.equal(DATA, op)
        seen[number] = (seen[number] or 0) + 1
        if seen[number] == 1 then return end -- lost
        assert.is_true(number == #parts + 1 or number == #parts, number) -- the next one, or the last one once more
        parts[number] = data
        answer(packet(ACK, number))
        if #data == 512 then return end
        clearInterval(timer)
        socket:close()
      end)
      timer = ask_again(socket)
      socket:on("close", must(function() assert.is_true(text == table.concat(parts)) end))
    end)
  end)

  it("answers no old acknowledgement, and none of the last block", function()
    serve(NEVER)
    local text = helper.bytes(512 * 5 + 100)
    put("file", text)
    run(function()
      local parts, first, timer, socket = {}, nil, nil, nil
      socket = client(request(RRQ, "file"), must(function(_, number, data, answer, info)
        if timer then
          clearInterval(timer)
          assert.equal(1, number)
          assert.not_equal(first, info.port)
          answer(packet(ERROR, 0, "enough\0"))
          return socket:close()
        end
        first = info.port
        parts[#parts + 1] = data
        assert.equal(#parts, number)
        answer(packet(ACK, number - 1))
        answer(packet(ACK, number + 1))
        answer(packet(ACK, number))
        answer(packet(ACK, number))
        if #data < 512 then timer = ask_again(socket) end
      end, 7))
      socket:on("close", must(function() assert.is_true(text == table.concat(parts)) end))
    end)
  end)

  it("goes on when its acknowledgement, or the request, comes twice", function()
    serve(NEVER)
    local text = helper.bytes(1000)
    run(function()
      local acks, ports = {}, {}
      local socket
      socket = client(request(WRQ, "new"), function(op, number, _, answer, info)
        assert.equal(ACK, op)
        acks[#acks + 1] = number
        ports[info.port] = true
        if #acks == 1 then
          socket:send(request(WRQ, "new"), port)
          answer(packet(DATA, 1, text:sub(1, 512)))
        elseif #acks == 2 then
          answer(packet(DATA, 1, text:sub(1, 512)))
        elseif #acks == 3 then
          answer(packet(DATA, 3, "too early"))
          answer(packet(DATA, 2, text:sub(513)))
        elseif #acks == 4 then
          answer(packet(DATA, 2, text:sub(513)))
        else
          socket:close(must(function()
            assert.same({ 0, 1, 1, 2, 2 }, acks)
            assert.is_nil(next(ports, (next(ports)))) -- all from one
          end))
        end
      end)
    end)
    assert.is_true(text == get "new")
  end)

  it("gives up after five tries", function()
    serve(30)
    put("file", "text")
    run(function()
      local tries, first, timer = 0, nil, nil
      local socket
      socket = client(request(RRQ, "file"), function(op, number, _, answer, info)
        assert.same({ DATA, 1 }, { op, number })
        first = first or info.port
        if info.port == first then tries = tries + 1
        else -- a transfer of its own: the first one is over
          clearInterval(timer)
          assert.equal(5, tries)
          answer(packet(ACK, 1))
          socket:close(must())
        end
      end)
      timer = ask_again(socket)
    end)
  end)

  it("removes what is given up in the middle, without a word", function()
    serve(NEVER)
    run(function()
      local steps, socket = 0, nil
      socket = client(request(WRQ, "broken"), must(function(op, number, _, answer)
        steps = steps + 1
        if steps == 1 then return answer(packet(DATA, 1, ("x"):rep(512))) end
        if steps == 3 then
          assert.same({ ERROR, 2 }, { op, number }) -- this is about the slash
          return socket:close()
        end
        assert.is_not_nil(get "broken")
        answer(packet(ERROR, 3, "the reader is full\0"))
        local timer
        timer = setInterval(function()
          if get "broken" then return end
          clearInterval(timer)
          socket:send(request(RRQ, "no/slashes"), port)
        end, 5)
      end, 3))
    end)
  end)

  it("takes a hundred transfers at once, and no more", function()
    serve(NEVER)
    put("file", "text")
    run(function()
      local sockets, answered = {}, 0
      local function finish()
        for _, socket in ipairs(sockets) do socket:close() end
      end
      local function next_one()
        sockets[#sockets + 1] = client(request(RRQ, "file"), must(function(op, number)
          answered = answered + 1
          assert.same(answered <= 100 and { DATA, 1 } or { ERROR, 0 }, { op, number })
          if answered > 100 then finish() else next_one() end
        end))
      end
      next_one()
    end)
  end)

  it("removes what a client that is gone has begun", function()
    serve(20)
    run(function()
      local socket
      socket = client(request(WRQ, "gone"), must(function() socket:close() end))
    end)
    assert.is_true(processes.poll(function() return get "gone" == nil end))
  end)

  it("answers what is no request with an error, or not at all", function()
    serve(NEVER)
    put("file", "text")
    local cases = { -- what is sent, the code that comes
      { request(RRQ, "file", "netascii"), 0 }, { request(RRQ, "nothing"), 1 }, { request(WRQ, "file"), 6 },
      { request(RRQ, "/etc/passwd"), 2 }, { request(WRQ, "../up"), 2 }, { request(RRQ, ""), 4 },
      { "\0\1", 4 }, { "\0\1file", 4 }, { "\0\1file\0octet", 4 }, { "\0\1file\0\0", 4 }, { request(9, "file"), 4 },
      { packet(ACK, 1), 4 }, { packet(DATA, 1, "x"), 4 }, { ("\xff"):rep(65507), 4 }, { "\0\1" .. ("x"):rep(60000), 4 },
      { "", nil }, { "\0", nil }, { packet(ERROR, 1, "no\0"), nil },
    }
    run(function()
      local at, codes = 0, {}
      local socket
      local function go()
        at = at + 1
        if at > #cases then return socket:close(must()) end
        socket:send(cases[at][1], port)
        socket:send(request(RRQ, "no/slashes"), port) -- after it comes this answer
      end
      socket = client(nil, function(op, code, data)
        assert.equal(ERROR, op)
        assert.equal("\0", data:sub(-1))
        codes[#codes + 1] = code
        if #codes < (cases[at][2] and 2 or 1) then return end
        assert.same({ cases[at][2] or 2, cases[at][2] and 2 }, codes, "case " .. at)
        codes = {}
        go()
      end)
      go()
    end)
  end)

  it("tells a stranger that he is one, and goes on with the transfer", function()
    serve(NEVER)
    put("file", ("x"):rep(512) .. "end")
    run(function()
      local socket
      socket = client(request(RRQ, "file"), must(function(_, number, data, answer, info)
        if number == 2 then
          assert.equal("end", data)
          answer(packet(ACK, 2))
          return socket:close()
        end
        local stranger = dgram.createSocket "udp4"
        stranger:send(packet(ACK, 1), info.port)
        stranger:on("message", must(function(message)
          assert.equal(packet(ERROR, 5), message:sub(1, 4))
          stranger:close()
          answer(packet(ACK, 1))
        end))
      end, 2))
    end)
  end)

  it("ends a transfer that gets what it does not expect", function()
    serve(NEVER)
    put("file", "text")
    for op, bad in pairs { [RRQ] = packet(DATA, 1, "x"), [WRQ] = packet(DATA, 1, ("x"):rep(513)) } do
      run(function()
        local replies, socket = 0, nil
        socket = client(request(op, op == RRQ and "file" or "new"), must(function(heard, code, _, answer)
          replies = replies + 1
          if replies == 1 then
            answer "abc" -- too short to be anything
            return answer(bad)
          end
          assert.same({ ERROR, 4 }, { heard, code })
          socket:close()
        end, 2))
      end)
    end
    assert.is_true(processes.poll(function() return get "new" == nil end))
  end)
end)
