-- dgram_network_spec.lua - multicast, broadcast, time to live and link-local addresses, as they arrive: between network
-- namespaces (spec/hosts.lua). Where none can be made, only the loopback is left.
local dgram = require "dgram"
local helper = require "spec.helper"
local hosts = require "spec.hosts"
local processes = require "spec.processes"
local run, must, raises = helper.run, helper.must, helper.raises
local listen, speak, heard = hosts.listen, hosts.speak, hosts.heard

-- A test that needs hosts of our own.
local function on_hosts(name, test)
  it(name, function()
    if hosts.missing then pending(hosts.missing) end
    hosts.port = hosts.port + 1 -- what a test before left behind is not heard
    test()
  end)
end

-- What differs between the families; the names are those of the hosts' interfaces.
local families = {
  {
    type = "udp4", group = "239.77.0.1", other_group = "239.77.0.2", source_group = "232.77.0.1",
    a = "10.77.0.1", second_a = "10.77.0.3", b = "10.77.0.2", c = "10.77.2.2",
    on = { a0 = "10.77.0.1", a1 = "10.77.1.1", b0 = "10.77.0.2", b1 = "10.77.1.2" },
    seen_ttl = { options = "UDP4-RECVFROM:%d,ip-recvttl,ip-add-membership=239.77.0.1:10.77.0.2", name = "SOCAT_IP_TTL" },
  },
  {
    type = "udp6", group = "ff15::77:1", other_group = "ff15::77:2", source_group = "ff35::77:1",
    a = "fd77::1", second_a = "fd77::3", b = "fd77::2", c = "fd77:2::2",
    on = { a0 = "::%a0", a1 = "::%a1", b0 = "::%b0", b1 = "::%b1" },
    seen_ttl = { options = "UDP6-RECVFROM:%d,ipv6-recvhoplimit,ipv6-join-group=[ff15::77:1]:b0", name = "SOCAT_IPV6_HOPLIMIT" },
  },
}

describe("UDPSocket on a network:", function()
  setup(hosts.make)
  teardown(hosts.unmake)

  for _, f in ipairs(families) do
    describe(f.type, function()
      -- $name in a text is a field of f, or an interface.
      local function fill(text)
        return (text:gsub("%$([%w_]+)", function(name) return f[name] or f.on[name] end))
      end

      local function member(host, interface, group)
        return listen(host, f.type, fill(('socket:addMembership("%s", "$%s")'):format(group or f.group, interface)))
      end

      local function spoken(host, steps, address)
        assert.equal("", speak(host, f.type, fill(steps), address and fill(address)))
      end

      on_hosts("a group is heard on the interface that was named, and sent by the one that was named", function()
        local b = member("b", "b0")
        spoken("a", [[
          call("setMulticastInterface", "$a1")
          say("by the other network", "$group")
          call("setMulticastInterface", "$a0")
          say("to another group", "$other_group")
          ask("by this network", "$group")
          ask("end", "$b")
        ]], "$a")
        heard(b, fill "by this network from $a\nend from $a\n")
      end)

      on_hosts("a group is sent by the interface of the route when none was named", function()
        local b = listen("b", f.type, fill 'socket:addMembership("$group", "$b0")')
        spoken("a", 'ask("by the route", "$group") ask("end", "$b")', "$a")
        heard(b, fill "by the route from $a\nend from $a\n")
      end)

      on_hosts("several sockets and hosts hear one message, each once", function()
        local members = { member("a", "a0"), member("b", "b0"), member("b", "b0") }
        spoken("a", [[
          call("setMulticastInterface", "$a0")
          call("setMulticastTTL", 1)
          ask("all", "$group")
          say("end", "$group")
        ]], "$a")
        for _, process in ipairs(members) do heard(process, fill "all from $a\nend from $a\n") end
      end)

      on_hosts("a group is heard until dropMembership, and again after addMembership", function()
        local b = listen("b", f.type, fill [[
          socket:addMembership("$group", "$b0")
          socket:on("message", function(message)
            if message == "leave" then socket:dropMembership("$group", "$b0")
            elseif message == "enter" then socket:addMembership("$group", "$b0") end
          end)
        ]])
        spoken("a", [[
          call("setMulticastInterface", "$a0")
          ask("member", "$group")
          ask("leave", "$b")
          say("no member", "$group")
          ask("enter", "$b")
          ask("end", "$group")
        ]], "$a")
        heard(b, fill "member from $a\nleave from $a\nenter from $a\nend from $a\n")
      end)

      on_hosts("setMulticastLoopback says whether this host hears it; the others do", function()
        local a, b = member("a", "a0"), member("b", "b0")
        spoken("a", [[
          call("setMulticastInterface", "$a0")
          call("setMulticastLoopback", false)
          ask("not here", "$group")
          call("setMulticastLoopback", true)
          ask("here as well", "$group")
          ask("end", "$b")
          ask("end", "$a")
        ]], "$a")
        heard(a, fill "here as well from $a\nend from $a\n")
        heard(b, fill "not here from $a\nhere as well from $a\nend from $a\n")
      end)

      on_hosts("setMulticastTTL(0) keeps a message on this host, 1 on this network", function()
        local a, b = member("a", "a0"), member("b", "b0")
        spoken("a", [[
          call("setMulticastInterface", "$a0")
          call("setMulticastTTL", 0)
          ask("ours", "$group")
          call("setMulticastTTL", 1)
          ask("everybody's", "$group")
          ask("end", "$b")
          ask("end", "$a")
        ]], "$a")
        heard(a, fill "ours from $a\neverybody's from $a\nend from $a\n")
        heard(b, fill "everybody's from $a\nend from $a\n")
      end)

      on_hosts("setMulticastTTL is what arrives", function()
        local reason = processes.missing "socat"
        if reason then pending(reason) end
        for _, ttl in ipairs { 1, 7, 255 } do
          local b = hosts.start("b", ("socat -d -d -u %s SYSTEM:'echo got $%s'"):format(f.seen_ttl.options:format(hosts.port),
            f.seen_ttl.name))
          b:expect "receiving on"
          spoken("a", ('call("setMulticastInterface", "$a0") call("setMulticastTTL", %d) say("x", "$group")'):format(ttl))
          assert.equal(tostring(ttl), b:expect "got (%d+)\n")
          b:wait()
        end
      end)

      on_hosts("setTTL is how far a message gets", function()
        local c = listen("c", f.type)
        spoken("a", [[
          call("setTTL", 1)
          say("up to the router", "$c")
          call("setTTL", 2)
          ask("behind it", "$c")
          ask("end", "$c")
        ]], "$a")
        heard(c, fill "behind it from $a\nend from $a\n")
      end)

      on_hosts("a source-specific member hears one source, until it leaves", function()
        local b = listen("b", f.type, fill [[
          local function change(verb) socket[verb](socket, "$a", "$source_group", "$b0") end
          change "addSourceSpecificMembership"
          socket:on("message", function(message)
            if message == "leave" then change "dropSourceSpecificMembership" end
          end)
        ]])
        spoken("a", [[
          call("setMulticastInterface", "$a0")
          say("from another", "$source_group")
        ]], "$second_a")
        spoken("a", [[
          call("setMulticastInterface", "$a0")
          ask("from the source", "$source_group")
          ask("leave", "$b")
          say("left", "$source_group")
          ask("end", "$b")
        ]], "$a")
        heard(b, fill "from the source from $a\nleave from $a\nend from $a\n")
      end)
    end)
  end

  describe("broadcast", function()
    on_hosts("needs setBroadcast, and reaches every host of the network", function()
      local b, c = listen("b", "udp4"), listen("c", "udp4")
      local errors = "early: send EACCES 255.255.255.255:%d\nearly: send EACCES 10.77.0.255:%d\n"
        .. "late: send EACCES 255.255.255.255:%d\n"
      assert.equal(errors:format(hosts.port, hosts.port, hosts.port), speak("a", "udp4", [[
          say("early", "255.255.255.255")
          say("early", "10.77.0.255")
          call("setBroadcast", true)
          ask("limited", "255.255.255.255")
          ask("directed", "10.77.0.255")
          call("setBroadcast", false)
          say("late", "255.255.255.255")
          ask("end", "10.77.0.2")
          ask("end", "10.77.2.2")
        ]], "10.77.0.1"))
      heard(b, "limited from 10.77.0.1\ndirected from 10.77.0.1\nend from 10.77.0.1\n")
      heard(c, "end from 10.77.0.1\n") -- behind the router
    end)

    on_hosts("is heard by a socket bound to the broadcast address, and not by one bound to the host's", function()
      local own = listen("b", "udp4", nil, "10.77.0.2")
      local all = listen("b", "udp4", nil, "10.77.0.255")
      assert.equal("", speak("a", "udp4", [[
        call("setBroadcast", true)
        ask("all", "10.77.0.255")
        ask("own", "10.77.0.2")
        ask("end", "10.77.0.255")
        ask("end", "10.77.0.2")
      ]]))
      heard(all, "all from 10.77.0.1\nend from 10.77.0.1\n")
      heard(own, "own from 10.77.0.1\nend from 10.77.0.1\n")
    end)
  end)

  describe("a link-local address", function()
    on_hosts("has its zone, so that it can be answered", function()
      local b = listen("b", "udp6")
      assert.equal("", speak("a", "udp6", 'ask("there and back", "fe80::b%a0") ask("end", "fe80::1b%a1")'))
      heard(b, "there and back from fe80::a%b0\nend from fe80::1a%b1\n")
    end)

    on_hosts("is where a socket may be bound, and connected", function()
      local b = listen("b", "udp6", nil, "fe80::b%b0")
      assert.equal("fe80::b%b0", b.address)
      local steps = [[
        show "address"
        call("connectSync", %d, "fe80::b%%a0")
        show "remoteAddress"
        ask "end"
      ]]
      assert.equal("fe80::a%a0\nfe80::b%a0\n", speak("a", "udp6", steps:format(hosts.port), "fe80::a%a0"))
      heard(b, "end from fe80::a%b0\n")
    end)

    on_hosts("group is heard on its link, named with the group or beside it", function()
      for _, membership in ipairs { '"ff02::77", "::%b1"', '"ff02::77%b1"' } do
        local b = listen("b", "udp6", ("socket:addMembership(%s)"):format(membership))
        assert.equal("", speak("a", "udp6", [[
          say("elsewhere", "ff02::77%a0")
          ask("here", "ff02::77%a1")
          ask("end", "fe80::1b%a1")
        ]]))
        heard(b, "here from fe80::1a%b1\nend from fe80::1a%b1\n")
      end
    end)
  end)
end)

-- -- without namespaces --------------------------------------------------------------------------------------------

describe("UDPSocket on the loopback:", function()
  local GROUP, SOURCE_GROUP, LOOPBACK = "239.77.0.1", "232.77.0.1", "127.0.0.1"

  it("two sockets hear what is sent to their group, one only what its source sends", function()
    run(function()
      local free = dgram.createSocket "udp4"
      local port = free:bindSync({}).port
      free:close()
      local all, one = {}, {}
      local function open(list)
        local socket = dgram.createSocket { type = "udp4", reuseAddr = true }
        socket:bindSync { port = port }
        socket:on("message", function(message, info)
          list[#list + 1] = message .. " from " .. info.address
          if message == "end" then socket:close(must()) end
        end)
        return socket
      end
      local first, second = open(all), open(one)
      first:addMembership(GROUP, LOOPBACK)
      first:addMembership(SOURCE_GROUP, LOOPBACK)
      second:addMembership(GROUP, LOOPBACK)
      second:addSourceSpecificMembership("127.0.0.2", SOURCE_GROUP, LOOPBACK)
      local senders = {}
      for i = 1, 2 do
        senders[i] = dgram.createSocket "udp4"
        senders[i]:bindSync { address = "127.0.0." .. i }
        senders[i]:setMulticastInterface(LOOPBACK)
      end
      local steps = { { 1, "group", GROUP }, { 1, "other", SOURCE_GROUP }, { 2, "source", SOURCE_GROUP }, { 1, "end", GROUP } }
      local function go(i)
        if not steps[i] then
          for _, sender in ipairs(senders) do sender:close() end
          return
        end
        senders[steps[i][1]]:send(steps[i][2], port, steps[i][3], must(function(err)
          assert.is_nil(err)
          go(i + 1)
        end))
      end
      first:on("close", must(function()
        assert.same({ "group from 127.0.0.1", "other from 127.0.0.1", "source from 127.0.0.2", "end from 127.0.0.1" }, all)
      end))
      second:on("close", must(function()
        assert.same({ "group from 127.0.0.1", "source from 127.0.0.2", "end from 127.0.0.1" }, one)
      end))
      go(1)
    end)
  end)

  it("an IPv6 socket is a member of an IPv4 group, and sends to it", function()
    run(function()
      local socket, got = dgram.createSocket "udp6", {}
      local port = socket:bindSync({ address = "::" }).port
      socket:addMembership(GROUP, LOOPBACK)
      socket:setMulticastInterface(LOOPBACK)
      socket:on("message", must(function(message, info)
        got[#got + 1] = message
        assert.same({ "IPv6", "::ffff:127.0.0.1" }, { info.family, info.address })
        if #got == 1 then return socket:send("its own", port, "::ffff:" .. GROUP) end
        assert.same({ "of IPv4", "its own" }, got)
        socket:dropMembership(GROUP, LOOPBACK)
        raises("EADDRNOTAVAIL", socket.dropMembership, socket, GROUP, LOOPBACK)
        socket:close(must())
      end, 2))
      local sender = dgram.createSocket "udp4"
      sender:bindSync { address = LOOPBACK }
      sender:setMulticastInterface(LOOPBACK)
      sender:send("of IPv4", port, GROUP)
      sender:close()
    end)
  end)

  it("broadcast needs setBroadcast", function()
    run(function()
      local server, client = dgram.createSocket "udp4", dgram.createSocket "udp4"
      local port = server:bindSync({}).port
      client:bindSync {}
      client:send("no", port, "127.255.255.255", must(function(err)
        assert.equal("EACCES", err.code)
        client:setBroadcast(true)
        client:send("yes", port, "127.255.255.255", must(function(failed)
          assert.is_nil(failed)
          client:close()
        end))
      end))
      server:on("message", must(function(message)
        assert.equal("yes", message)
        server:close()
      end))
    end)
  end)

  it("a member leaves what it is in, and no more", function()
    run(function()
      local socket = dgram.createSocket "udp4"
      socket:addMembership(GROUP, LOOPBACK)
      raises("EADDRINUSE", socket.addMembership, socket, GROUP, LOOPBACK)
      socket:dropMembership(GROUP, LOOPBACK)
      raises("EADDRNOTAVAIL", socket.dropMembership, socket, GROUP, LOOPBACK)
      socket:addSourceSpecificMembership("127.0.0.1", SOURCE_GROUP, LOOPBACK)
      socket:dropSourceSpecificMembership("127.0.0.1", SOURCE_GROUP, LOOPBACK)
      raises("EINVAL", socket.dropSourceSpecificMembership, socket, "127.0.0.1", SOURCE_GROUP, LOOPBACK)
      raises("ENODEV", socket.addMembership, socket, GROUP, "192.0.2.99")
      socket:close()
    end)
  end)
end)
