-- server_spec.lua - class Server where Node's example ends: closing, limits, descriptors that run out, and what we do
-- otherwise on purpose. How it comes to listen: listen_spec. As in Node: spec/parity/server_*.
local net = require "net"
local helper = require "spec.helper"
local run, must, reach = helper.run, helper.must, helper.reach
local nan = 0 / 0

describe("Server:close", function()
  it("tells 'close' once, however often it is called", function()
    run(function()
      local server = net.createServer():listen(0, "127.0.0.1")
      server:on("close", must(function(...) assert.equal(0, select("#", ...)) end))
      server:close(must(function(err) assert.is_nil(err) end))
      server:close(must(function(err) assert.equal("ERR_SERVER_NOT_RUNNING", err.code) end))
      server:close()
    end)
  end)

  -- how -> call; after it the connection that nobody ends is destroyed
  for how, call in pairs {
    ["{ force = true }"] = function(server, done) server:close({ force = true }, done) end,
    ["closeAll()"] = function(server, done) server:on("close", done):closeAll() end,
    ["closeAll(ms)"] = function(server, done) server:on("close", done):closeAll(10) end,
  } do
    it("by " .. how .. " ends the connections that are left", function()
      run(function()
        local server, quick
        server = net.createServer(function(peer)
          peer:on("close", must(function(had_error) assert.is_false(had_error) end)):resume()
          if not quick then
            quick = peer
            return
          end
          local started = process.hrtime.bigint()
          call(server, must(function()
            assert.is_true(peer.destroyed and quick.destroyed)
            if how == "closeAll(ms)" then assert.is_true(process.hrtime.bigint() - started >= 9e6) end
            server:getConnections(must(function(_, n) assert.equal(0, n) end))
          end))
          assert.is_false(server.listening)
          assert.equal(how ~= "closeAll(ms)", peer.destroyed)
        end):listen(0, "127.0.0.1")
        for _ = 1, 2 do net.connect(reach(server)):on("close", must()):resume() end
      end)
    end)
  end

  it("checks closeAll's time", function()
    for _, wrong in ipairs { "5", {}, true, -1, nan } do
      assert.has_error(function() net.createServer():closeAll(wrong) end)
    end
  end)
end)

describe("Server.maxConnections", function()
  for _, transport in ipairs { helper.transports[1], helper.transports[3] } do
    it("of 0 drops every connection over " .. transport.name .. ", nil takes all again", function()
      run(function()
        local server = net.createServer():listen(transport.where())
        server.maxConnections = 0
        server:once("connection", must(function(peer)
          peer:finish()
          server:close()
        end))
        server:once("drop", must(function(info)
          if transport.tcp then
            assert.same({ "127.0.0.1", "IPv4", server:address().port },
              { info.remoteAddress, info.localFamily, info.localPort })
          else
            assert.is_nil(info)
          end
          server.maxConnections = nil
          assert.is_nil(server.maxConnections)
          net.connect(reach(server)):resume()
        end))
        net.connect(reach(server)):on("error", function() end):on("close", must()):resume()
      end)
    end)
  end

  it("takes numbers that make sense", function()
    local server = net.createServer()
    for _, wrong in ipairs { nan, -1, "5", {}, true, -math.huge } do
      assert.has_error(function() server.maxConnections = wrong end)
      assert.is_nil(server.maxConnections)
    end
    server.maxConnections = 5.0
    assert.equal(5, server.maxConnections)
  end)
end)

describe("A signal given to listen()", function()
  it("closes the server, and is not listened to afterwards", function()
    run(function()
      local controller = AbortController()
      local server = net.createServer():listen { port = 0, host = "127.0.0.1", signal = controller.signal }
      assert.equal(1, controller.signal:listenerCount "abort")
      server:close(must(function()
        assert.equal(0, controller.signal:listenerCount "abort")
        server:listen({ port = 0, host = "127.0.0.1", signal = controller.signal }, must(function() controller:abort() end))
        server:once("close", must(function() assert.is_false(server.listening) end))
      end))
      net.createServer():listen({ path = helper.path(), signal = AbortSignal.abort() }):on("close", must())
    end)
  end)
end)

describe("A Server that cannot accept", function()
  it("for want of descriptors says so once, lets timers run, and serves again when there are some", function()
    local file = helper.write_file(helper.path ".lua", [[
      local errors, served, ticks = {}, 0, 0
      setInterval(function() ticks = ticks + 1 end, 5):unref()
      local server
      server = require "net".createServer(function(peer)
        served = served + 1
        peer:on("error", function() end):on("data", function()
          peer:finish(("%s, served %d, ticks %s"):format(table.concat(errors, " "), served, ticks > 20))
          server:close()
        end)
      end):listen(0, "127.0.0.1", function() print(server:address().port) io.flush() end)
      server:on("error", function(err)
        errors[#errors + 1] = err.syscall .. " " .. err.code
        ticks = 0
      end)
    ]])
    local pipe = io.popen(("ulimit -n 40; exec timeout 20 '%s' '%s'"):format(helper.moonport, file))
    local where = { host = "127.0.0.1", port = pipe:read "n" }
    run(function()
      local clients = {}
      for i = 1, 60 do clients[i] = net.connect(where, must()):resume() end
      setTimeout(function()
        for _, client in ipairs(clients) do client:destroy() end
        helper.collect(net.connect(where), function(got) assert.equal("accept EMFILE, served 61, ticks true", got) end):write "?"
      end, 300)
    end)
    local _, how, code = pipe:close()
    assert.same({ "exit", 0 }, { how, code })
  end)
end)

describe("A Server", function()
  it("gives its sockets the line of the listen() call", function()
    run(function()
      local server = net.createServer()
      local line = debug.getinfo(1, "l").currentline + 1
      server:listen(0, "127.0.0.1")
      server:on("connection", must(function(peer)
        assert.equal(server, peer.server)
        peer:on("error", must(function(err)
          assert.equal("ECONNRESET", err.code)
          assert.truthy(err.where:find("server_spec%.lua:" .. line .. "$"), err.where)
          server:close()
        end))
      end))
      local client = net.connect(reach(server))
      client:on("connect", function() setTimeout(function() client:resetAndDestroy() end, 5) end)
    end)
  end)

  it("shows what it is", function()
    run(function()
      local server = net.createServer()
      assert.equal("Server", tostring(server))
      server:listen(0, "127.0.0.1")
      assert.equal("Server 127.0.0.1:" .. server:address().port, tostring(server))
      local util = require "util"
      assert.truthy(util.inspect(server):find "^Server { listening: ")
      server:close()
      local path = helper.path()
      server:listen(path)
      assert.equal("Server " .. path, tostring(server))
      server:close()
    end)
  end)

  it("counts its connections exactly", function()
    run(function()
      local server, peers = nil, {}
      server = net.createServer(must(function(peer)
        peers[#peers + 1] = peer:resume()
        assert.equal(#peers, server.connectionCount)
        if #peers < 3 then return end
        peers[1]:destroy()
        assert.equal(2, server.connectionCount)
        peers[1]:destroy()
        assert.equal(2, server.connectionCount)
        server:getConnections(must(function(err, n)
          assert.is_nil(err)
          assert.equal(2, n)
          server:closeAll()
          assert.equal(0, server.connectionCount)
        end))
      end, 3)):listen(0, "127.0.0.1")
      for _ = 1, 3 do net.connect(reach(server)):resume() end
    end)
  end)

  it("passes no descriptor on to children", function()
    run(function()
      local function inherited() return io.popen "ls /proc/self/fd":read "a" end
      local server
      local before = inherited()
      server = net.createServer(must(function(peer)
        assert.equal(before, inherited())
        peer:finish()
        server:close()
      end)):listen(0, "127.0.0.1")
      net.createServer():listen(helper.path()):on("listening", function() end):close()
      net.connect(reach(server)):resume()
    end)
  end)
end)
