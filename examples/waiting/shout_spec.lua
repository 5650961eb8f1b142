-- shout_spec.lua - a spec of a server, as you would write yours: clients that wait, time limits, nothing left behind.
-- Usage: shout_spec.lua is for busted, unmodified: moonport /usr/bin/busted examples/waiting/shout_spec.lua
local async = require "async"
local net = require "net"

-- What is tested; in your project a module of its own. Answers each line in capitals, and leaves idle clients.
local function shout(options)
  return net.createServer():serve(function(socket)
    while true do
      local line = socket:receive("l", options.patience)
      if not line then return end
      if line == "crash" then error "as you wish" end
      socket:send(line:upper() .. "\n")
    end
  end)
end

local LIMIT = 10000 -- ms that anything may take here

describe("shout", function()
  local server, clients

  before_each(function()
    server, clients = shout { patience = LIMIT }, {}
    assert(server:listen(0, "127.0.0.1"):wait("listening", LIMIT))
  end)

  after_each(function()
    for _, client in ipairs(clients) do client:destroy() end
    server:closeAll()
    assert(server:wait("close", LIMIT))
  end)

  local function connect()
    local client = net.connect(server:address().port, "127.0.0.1")
    clients[#clients + 1] = client
    return assert(client:wait("connect", LIMIT))
  end

  it("answers in capitals", function()
    local client = connect()
    client:send "hello\n"
    assert.equal("HELLO", client:receive("l", LIMIT))
  end)

  it("answers what came in pieces, and all of what came at once", function()
    local client = connect()
    client:send "on"
    client:send "e\ntwo\nthr"
    client:finish "ee"
    assert.equal("ONE\nTWO\nTHREE\n", client:receive("a", LIMIT))
  end)

  it("serves many at once", function()
    local tasks = {}
    for i = 1, 50 do
      tasks[i] = function()
        local client = connect()
        client:send(("client %d\n"):format(i))
        return client:receive("l", LIMIT)
      end
    end
    for i, answer in ipairs(assert(async.all(tasks, LIMIT))) do assert.equal("CLIENT " .. i, answer) end
  end)

  it("loses the client whose handler fails, and no other", function()
    local failure
    server:once("taskError", function(err) failure = err end)
    local other, client = connect(), connect()
    client:send "crash\n"
    assert.is_nil(client:receive("l", LIMIT))
    assert.matches("as you wish", failure)
    other:send "still there?\n"
    assert.equal("STILL THERE?", other:receive("l", LIMIT))
  end)

  it("leaves a client that says nothing", function()
    local hasty = assert(shout { patience = 20 }:listen(0, "127.0.0.1"):wait("listening", LIMIT))
    local client <close> = net.connect(hasty:address().port, "127.0.0.1")
    assert.is_nil(client:receive("l", LIMIT))
    hasty:closeAll()
  end)
end)
