-- repl_values_spec.lua - values and errors at the prompt that do not make it easy: metatables that fight, names of Lua's
-- that mean something else, bytes that steer terminals; and what is shown of our own objects. What lines mean: repl_spec.
local helper = require "spec.helper"
local shell = helper.shell

-- Runs lines through `moonport -i` and compares both outputs.
local function shows(out, input, err)
  local got = shell([[export MOONPORT_HISTORY= LC_ALL=C; timeout -k 1 20 "$M" -i]], input)
  assert.same({ out, err or "", 0 }, { got.out, got.err, got.code }, input)
end

local function complains(err, input) shows("", input, err) end

describe("A name of Lua's", function()
  local entries = [[
1 + 1
x.y.z
local q = 5
q, { 1, {} }
.tasks
t = setTimeout(function() local z = nil; z.x = 1 end, 1) local _ = async.sleep(20)
.help net.isIP
local server = net.createServer():listen(0, "127.0.0.1")
Error "mine"
.nothing
'end'
.exit
]]
  local names = "_G _VERSION assert collectgarbage console coroutine debug error getmetatable io ipairs load math next os "
    .. "package pairs pcall print process rawequal rawget rawlen rawset require select setmetatable string table tonumber "
    .. "tostring type utf8 xpcall"

  it("may mean anything else: the prompt, and all that it loads from then on, goes on as before", function()
    local expected = shell([[MOONPORT_HISTORY= timeout 20 "$M" -i]], "q = 5\n" .. entries)
    assert.truthy(expected.out:find "^2\n5\t%[ 1, {} %]\nno task waits\nnet.isIP.*\n'end'\n$", expected.out)
    for _, value in ipairs { "5", "nil", "{}" } do
      local entry = names:gsub("%S+", "%0 = " .. value) .. "\n"
      local got = shell([[MOONPORT_HISTORY= timeout -k 1 20 "$M" -i]], entry .. entries)
      assert.same({ expected.out, expected.err, 0 }, { got.out, got.err, got.code }, entry)
    end
  end)

  it("may be a function of one's own: print is, for whoever calls it", function()
    shows("mine\ta\n2\n", "local old = print\nfunction print(...) old('mine', ...) end\nprint 'a'\n1 + 1\n")
    shows("2\nnil\n", "print = nil\n1 + 1\nprint\n")
  end)

  it("may be a local: also _ENV, for its own entry", function()
    shows("5\t6\n'function'\n", "local print, type2 = 5, 6\nprint, type2\ntype(_G.print)\n")
    shows("1\n'number'\nnil\n", "local _ENV = { x = 1 } return x\ntype(1)\nx\n")
    shows("7\n7\n", "(function() local _ENV = { y = 7 } return y end)()\n_\n")
    complains("stdin:1: attempt to call a nil value (global 'print')\n", "_ENV = {} print 'x'\n")
  end)
end)

describe("An entry as other Luas have it", function()
  it("may begin with =", function()
    shows("2\n'a'\t2\n3\n", "=1 + 1\n = 'a', 2\n= 1 +\n2\n")
    complains("stdin:1: unexpected symbol near '=='\n", "==1\n")
  end)

  it("may be a goto, a label, a lone return, a semicolon", function()
    complains("stdin:1: no visible label 'x' for <goto> at line 1\n", "goto x\n")
    shows("1\n", "goto x ::x:: return 1\n")
    shows("", "::x::\nreturn\n;\n")
  end)
end)

describe("An error that is no message", function()
  it("is told from a result", function()
    complains("Uncaught { code: 1 }\n", "error { code = 1 }\n")
    complains("Uncaught nil\n", "error()\n")
    complains("Uncaught 5\n", "error(5)\n")
    complains("Uncaught [Function (builtin)]\n", "error(print)\n")
    complains("Uncaught mine\n", "error(setmetatable({}, { __tostring = function() return 'mine' end }))\n")
    complains("Uncaught {}\n", "error(setmetatable({}, { __tostring = error, __index = error, __name = {} }))\n")
    complains("Uncaught MyError {}\n", "error(setmetatable({}, { __name = 'MyError', __metatable = false }))\n")
  end)
end)

describe("What cannot steer a terminal", function()
  it("is an error, its fields, the name of a class, a key, a string", function()
    local dangerous, shown = [['a\27[31m\7\u{9B}b']], [[a\x1b[31m\x07\xc2\x9bb]]
    complains("Error: " .. shown .. "\n    at stdin:1: in main chunk\n", ("error(Error(%s))\n"):format(dangerous))
    shows("Error: " .. shown .. "\n    at stdin:1: in main chunk\n", ("Error(%s)\n"):format(dangerous))
    shows(shown .. " {}\n", ("setmetatable({}, { __name = %s })\n"):format(dangerous))
    shows([['a\x1B[31m\x07\xC2\x9Bb'	{ ['a\x1B[31m\x07\xC2\x9Bb']: 1 }]] .. "\n",
      ("%s, { [%s] = 1 }\n"):format(dangerous, dangerous))
    complains("Uncaught " .. shown .. "\n", ("error(setmetatable({}, { __tostring = function() return %s end }))\n")
      :format(dangerous))
    complains("stdin:1: " .. shown .. "\n", ("error(%s)\n"):format(dangerous))
    complains(("Error [%s]: x\n    at stdin:1: in main chunk\n"):format(shown),
      ("local e = Error 'x' e.code = %s error(e)\n"):format(dangerous))
  end)
end)

describe("A value at the prompt", function()
  it("may fight back", function()
    shows("{}\n", "setmetatable({}, { __index = error, __pairs = error, __len = error, __eq = error, __tostring = error })\n")
    shows("{}\nHidden {}\n",
      "setmetatable({}, { __metatable = 'no' })\nsetmetatable({}, { __metatable = 1, __name = 'Hidden' })\n")
    shows("<ref *1> { t: [Circular *1] }\n", "t = {} t.t = t\nt\n")
    shows("nan\nnan\n2\n2\n", "0/0\n_\n2\n_\n")
  end)

  it("is cut where it is long: 100 items of a sequence; not the keys of a table", function()
    local got = shell([[MOONPORT_HISTORY= "$M" -i]],
      "t = {} for i = 1, 1000 do t[i] = i end\nt\nk = {} for i = 1, 10000 do k['k' .. i] = i end\nk\n'alive'\n").out
    assert.truthy(got:find "^%[\n   1,  2, .*\n  97, 98, 99, 100,\n  %.%.%. 900 more items\n%]\n{\n  k1: 1,\n", got:sub(1, 999))
    assert.truthy(got:find "\n  k9999: 9999\n}\n'alive'\n$", got:sub(-99))
  end)

  it("may be an object of ours: a summary", function()
    local got = shell([[MOONPORT_HISTORY= timeout 20 "$M" -i]], [[
local s = net.createServer():listen(0, "127.0.0.1")
local a, b = net.connect(s:address().port, "127.0.0.1"), net.connect(s:address().port, "127.0.0.1")
repeat async.sleep(1) until util.inspect(s):find "connections: 2" and a.readyState == "open"
s:address().port
s
a
dgram.createSocket "udp4"
async.spawn(async.sleep, 1e6)
]])
    local port = got.out:match "^(%d+)\n"
    assert.truthy(port, got.err)
    assert.equal(([[
PORT
Server { listening: '127.0.0.1:PORT', connections: 2 }
Socket {
  readyState: 'open',
  remoteAddress: '127.0.0.1',
  remotePort: PORT,
  bytesRead: 0,
  bytesWritten: 0
}
UDPSocket { type: 'udp4' }
Task { status: 'waiting', where: 'stdin:1' }
]]):gsub("PORT", port), got.out)
  end)

  it("may be a global that is loaded when it is first used", function()
    local got = shell([[V=value MOONPORT_HISTORY= "$M" -i]], "Buffer\nAbortController\n{ process.env }\n{{{ console }}}\n").out
    assert.truthy(got:find "^Buffer {\n  alloc: %[Function: lua/buffer.lua:", got)
    assert.truthy(got:find("abort: [Function: lua/abort.lua:", 1, true), got)
    assert.truthy(got:find("\n    V: 'value'", 1, true), got)
    assert.truthy(got:find("\n%[ %[ %[ %[Table%] %] %] %]\n$"), got)
  end)
end)
