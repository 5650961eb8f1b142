-- many_spec.lua - thousands of connections at once, opened, used and closed: nothing is left of them. The server is a
-- process of its own, because both ends together have more descriptors than one process may.
local helper = require "spec.helper"
local net = require "net"

local COUNT = helper.sanitized and 1000 or 9900
local ROUNDS = tonumber(os.getenv "ROUNDS") or 1

-- Says what it holds when it is asked: connections, descriptors, anchored objects, registry slots, KB of Lua, KB resident.
local server_source = [[
  local net, core = require "net", require "moonport.core"
  local connections = 0
  local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
  local function descriptors()
    local pipe, n = io.popen "ls /proc/$PPID/fd", 0
    for _ in pipe:lines() do n = n + 1 end
    pipe:close()
    return n
  end
  net.createServer(function(socket)
    connections = connections + 1
    socket:on("close", function() connections = connections - 1 end)
    socket:on("data", function(data)
      if data == "stop!" then process.exit(0) end
      if data ~= "figures?" then return socket:write(data) end
      collectgarbage() collectgarbage()
      socket:finish(("%d %d %d %d %d %d"):format(connections, descriptors(), #core.process.handles(),
        count(debug.getregistry()), collectgarbage "count" // 1, process.memoryUsage().rss // 1024))
    end)
  end):listen({ port = 0, host = "127.0.0.1", backlog = 20000 }, function() end):on("listening", function() end)
  local server = core.process.handles()
  for _, entry in ipairs(server) do
    if entry[1].address then print(entry[1]:address().port) io.flush() end
  end
]]

local function figures(where, done)
  helper.collect(net.connect(where), function(text)
    local list = {}
    for number in text:gmatch "%d+" do list[#list + 1] = tonumber(number) end
    done(table.unpack(list))
  end):write "figures?"
end

describe(("%d connections at once"):format(COUNT), function()
  it("are held, echo, are closed, and leave memory, descriptors and registry as before", function()
    local file = helper.write_file(helper.path ".lua", server_source)
    local pipe = io.popen(("exec timeout 200 '%s' '%s'"):format(helper.moonport, file))
    local where = { host = "127.0.0.1", port = pipe:read "n" }

    local function round(done)
      local sockets, connected, echoed, closed = {}, 0, 0, 0
      local function on_echo(socket)
        echoed = echoed + 1
        if echoed < COUNT then return end
        figures(where, function(connections)
          assert.equal(COUNT + 1, connections)
          for _, each in ipairs(sockets) do each:finish() end
        end)
        return socket
      end
      local function open()
        local socket = net.connect(where)
        sockets[#sockets + 1] = socket
        socket:on("connect", function()
          connected = connected + 1
          if #sockets < COUNT then open() end
          socket:write "x"
        end)
        socket:once("data", function() on_echo(socket) end)
        socket:on("close", function()
          closed = closed + 1
          if closed == COUNT then setTimeout(done, 200) end
        end)
      end
      for _ = 1, 100 do open() end -- a hundred under way at any time
      assert(connected == 0)
    end

    helper.run(function()
      figures(where, function(_, descriptors, handles, registry, _, rss)
        local rounds = 0
        local function again()
          rounds = rounds + 1
          if rounds <= ROUNDS then return round(again) end
          figures(where, function(connections, descriptors_after, handles_after, registry_after, _, rss_after)
            assert.equal(1, connections)
            assert.equal(descriptors, descriptors_after)
            assert.equal(handles, handles_after)
            -- slots of references are kept for the next ones: one table's worth, not one a connection
            assert.is_true(registry_after <= registry + 300, registry .. " -> " .. registry_after)
            local kept = rss_after - rss
            assert.is_true(helper.sanitized or kept < 16 * 1024, kept .. " KB more than before")
          end)
        end
        again()
      end)
    end)
    helper.run(function() net.connect(where):on("error", function() end):write "stop!" end)
    pipe:close()
  end)
end)
