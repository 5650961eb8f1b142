-- types_spec.lua - lua/types/, the reference that editors read, says what the executable has: every method, property,
-- function, option, event and global, no more and no less. It reads the texts as LuaLS would; it never looks at types
-- of arguments, which only a reader can check.
local dgram = require "dgram"
local fs = require "fs"
local dns = require "dns"
local stream = require "stream"
local net = require "net"
local helper = require "spec.helper"
local core = require "moonport.core"

-- -- what the types say --------------------------------------------------------------------------------------------

local function files(pattern)
  local pipe = assert(io.popen("ls " .. pattern))
  local list = {}
  for path in pipe:lines() do list[#list + 1] = path end
  pipe:close()
  return list
end

local function union(...)
  local all = {}
  for i = 1, select("#", ...) do
    for name, value in pairs((select(i, ...))) do all[name] = value end
  end
  return all
end

local classes = {} -- name -> { parents =, fields = { name -> { type =, optional =, read_only = } }, functions = set }
local modules = {} -- name of a module -> its class
local globals = {} -- name -> its class, or true
local events = {}  -- name of an event -> true: all that are listed in a doc comment
local silent = {}  -- functions without a text

local function read_types(path)
  local module, class, text -- the class of the comment above; whether it has a text
  local class_of = {}       -- variable -> class
  for line in io.lines(path) do
    module = module or line:match "^%-%-%-@meta ([%w_]+)$"
    local name, parents = line:match "^%-%-%-@class ([%w_.]+):? ?([%w_., ]*)"
    if name then
      class = { parents = {}, fields = {}, functions = {} }
      for parent in parents:gmatch "[%w_.]+" do table.insert(class.parents, parent) end
      classes[name] = class
    end
    local field, optional, rest = line:match "^%-%-%-@field ([%w_]+)(%??) (.*)"
    if field then
      class.fields[field] = {
        type = rest:match "^fun%(.*" or rest:match "^%S+",
        optional = optional ~= "",
        read_only = rest:find("(read-only)", 1, true) ~= nil,
      }
    end
    if line:find "^%-%-%- " then text = true end
    if line:find "^%-%-%- %* " or line:find "^%-%-%-   `" or line:find "^%-%-%- Event: " then
      for event in line:gmatch '`"(%a+)"`' do events[event] = true end
    end

    local variable = line:match "^local ([%w_]+) = {}" or line:match "^([%w_]+) = {}"
    if variable then class_of[variable] = class end
    local global = line:match "^([%w_]+) = "
    if global then globals[global] = class_of[global] or true end
    local owner, key = line:match "^function ([%w_]+)[.:]([%w_]+)%("
    if not owner then owner, key = line:match "^([%w_]+)%.([%w_]+) = " end
    if not owner then owner, key = line:match '^([%w_]+)%["(%w+)"%] = ' end
    if owner then
      class_of[owner].functions[key] = true
      if not text then silent[#silent + 1] = owner .. "." .. key end
    end
    local returned = line:match "^return ([%w_]+)"
    if returned and module then modules[module] = class_of[returned] end
    if not line:find "^%-%-%-" then class, text = nil, nil end
  end
end

local paths = files "lua/types/*.lua"
for _, path in ipairs(paths) do read_types(path) end

-- A class with what it inherits.
local function declared(class, what)
  local all = class[what]
  for _, parent in ipairs(class.parents) do all = union(declared(classes[parent], what), all) end
  return all
end

-- -- what the executable says ---------------------------------------------------------------------------------------

local function contents(paths_)
  local texts = {}
  for i, path in ipairs(paths_) do texts[i] = helper.read_file(path) end
  return table.concat(texts, "\n")
end

local c_source, lua_source = contents(files "bindings/*.c bindings/*.h"), contents(files "lua/*.lua")

-- The tables of methods and properties of an object of ours: upvalues of its __index (bindings/class.c).
local function class_tables(object)
  local index = debug.getmetatable(object).__index
  local methods, properties
  for i = 1, 10 do
    local _, value = debug.getupvalue(index, i)
    if type(value) == "table" and next(value) and not value.__index then -- not the metatable
      if type(select(2, next(value))) == "function" then methods = value else properties = value end
    end
  end
  return assert(methods, "bindings/class.c keeps its tables elsewhere now"), properties or {}
end

-- The public names of a table.
local function names(value)
  local found = {}
  for name in pairs(value) do
    if type(name) == "string" and not name:find "^_" then found[name] = true end
  end
  return found
end

local function without(set, other)
  local rest = {}
  for name in pairs(set) do
    if not other[name] then rest[name] = true end
  end
  return rest
end

local function listed(set)
  local list = {}
  for name in pairs(set) do list[#list + 1] = name end
  table.sort(list)
  return table.concat(list, ", ")
end

local function same_names(what, types, actual)
  local missing, extra = listed(without(actual, types)), listed(without(types, actual))
  local text = (missing ~= "" and "\n  lua/types/ lacks: " .. missing or "")
    .. (extra ~= "" and "\n  only lua/types/ has: " .. extra or "")
  if text ~= "" then error(what .. text, 0) end
end

local emitter = names(core.emitter)
for _, name in ipairs { "new", "extend", "EventEmitter", "errorMonitor" } do emitter[name] = nil end

-- Fields that lua/ sets on objects: local name of the object there -> set.
local own_fields = {
  socket = {}, server = {}, udp = {}, list = {}, address = {}, bound = {}, file = {}, output = {}, script = {},
}
for object, name in lua_source:gmatch "%f[%w_](%l+)%.(%w+) = " do
  if own_fields[object] then own_fields[object][name] = true end
end

-- -- classes ----------------------------------------------------------------------------------------------------------

-- class -> two objects of it: as new, and at work; and as what lua/ knows it
local with_properties = { Socket = "socket", Server = "server", UDPSocket = "udp", BlockList = "list",
  SocketAddress = "address", BoundSocket = "bound", ReadStream = "file", WriteStream = "file", OutputStream = "output",
  ScriptReadable = "script", Duplex = "script", Transform = "script" }
local prototypes = { Socket = net.Socket.prototype, Server = net.Server.prototype, UDPSocket = dgram.Socket.prototype,
  BlockList = net.BlockList.prototype, SocketAddress = net.SocketAddress.prototype,
  BoundSocket = net.BoundSocket.prototype, ReadStream = fs.ReadStream.prototype, WriteStream = fs.WriteStream.prototype,
  OutputStream = core.OutputStream, ScriptReadable = core.script_classes.Readable,
  Duplex = core.script_classes.Duplex, Transform = core.script_classes.Transform }
local samples -- class -> list of objects, and what they say of themselves meanwhile

local function look(object, properties)
  local seen = {}
  for name in pairs(properties) do seen[name] = { value = object[name] } end
  return seen
end

describe("lua/types", function()
  setup(function()
    samples = {}
    for class in pairs(with_properties) do samples[class] = {} end
    local function sample(class, object)
      table.insert(samples[class], { object = object, seen = look(object, declared(classes[class], "fields")) })
    end
    helper.run(function()
      sample("Socket", net.Socket())
      sample("Server", net.createServer())
      helper.pair(nil, function(client, peer)
        client:setEncoding():setTimeout(5)
        sample("Socket", client)
        sample("Socket", peer)
        client:destroy "enough"
        client:on("error", function() end)
        sample("Socket", client)
        peer:destroy()
      end)
      local server = net.createServer():listen(0, "127.0.0.1")
      server.maxConnections = 3
      sample("Server", server)
      local list = net.BlockList()
      sample("BlockList", list)
      list:addAddress "1.2.3.4"
      sample("BlockList", list)
      sample("Server", net.createServer { blockList = list })
      sample("Socket", net.Socket { blockList = list })
      sample("SocketAddress", net.SocketAddress())
      sample("BoundSocket", net.BoundSocket())
      sample("UDPSocket", dgram.createSocket "udp6")
      local udp = dgram.createSocket "udp4"
      udp:bindSync()
      sample("UDPSocket", udp)
      udp:close()
      server:close()
      for class, object in pairs { ScriptReadable = stream.Readable(), Duplex = stream.Duplex(),
        Transform = stream.PassThrough() } do
        sample(class, object)
        object:destroy()
        sample(class, object)
      end
      sample("OutputStream", process.stdout)
      sample("OutputStream", process.stderr)
      for class, make in pairs { ReadStream = fs.createReadStream, WriteStream = fs.createWriteStream } do
        local file = make "/dev/null"
        sample(class, file)
        file:on("ready", function()
          sample(class, file)
          file:destroy()
        end)
      end
    end)
  end)

  for class, known_as in pairs(with_properties) do
    it("has the methods of " .. class, function()
      same_names("methods of " .. class, declared(classes[class], "functions"), names(prototypes[class]))
    end)

    it("has the properties of " .. class, function()
      local _, properties = class_tables(samples[class][1].object)
      same_names("properties of " .. class, declared(classes[class], "fields"),
        union(names(properties), own_fields[known_as]))
    end)

    it("says which properties of " .. class .. " are read-only", function()
      local writable, types = {}, {}
      for name in pairs(select(2, class_tables(samples[class][1].object))) do
        local ok, err = pcall(function() samples[class][1].object[name] = nil end)
        if ok then writable[name] = true else assert.equal("ERR_INVALID_ARG_VALUE", err.code) end
      end
      for name, field in pairs(declared(classes[class], "fields")) do
        if not field.read_only and not field.optional then types[name] = true end
      end
      same_names("writable properties of " .. class, types, writable)
    end)

    it("gives the properties of " .. class .. " their types", function()
      local wrong = {}
      local function fits(value, field)
        if value == nil and field.optional then return true end
        for kind in (field.type .. "|"):gmatch "([^|]+)|" do
          local is = type(value)
          if kind == is or kind == math.type(value) then return true end
          if kind:find '^"' and value == kind:sub(2, -2) then return true end
          if kind:find "%[%]$" and is == "table" then return true end
          if kind == "Error" and is == "table" and value.message then return true end
          if is == "userdata" and debug.getmetatable(value).__name == kind then return true end
        end
      end
      for _, sample in ipairs(samples[class]) do
        for name, field in pairs(declared(classes[class], "fields")) do
          local value = sample.seen[name].value
          if not fits(value, field) then wrong[#wrong + 1] = ("%s is %s, not %s"):format(name, tostring(value), field.type) end
        end
      end
      assert.equal("", table.concat(wrong, "\n"))
    end)
  end

  it("has the methods of timers and immediates", function()
    local timeout, immediate = setTimeout(print, 1), setImmediate(print)
    clearTimeout(timeout)
    clearImmediate(immediate)
    same_names("Timeout", declared(classes.Timeout, "functions"), without(names(class_tables(timeout)), emitter))
    same_names("Immediate", declared(classes.Immediate, "functions"), without(names(class_tables(immediate)), emitter))
  end)

  it("has the methods of resolvers", function()
    same_names("Resolver", declared(classes.Resolver, "functions"), names(dns.Resolver.prototype))
  end)

  it("has the methods of emitters", function()
    same_names("EventEmitter", classes.EventEmitter.functions, emitter)
  end)

  it("has abort controllers and signals", function()
    local signal = AbortSignal.abort()
    same_names("AbortController", declared(classes.AbortController, "functions"), names(AbortController))
    same_names("fields of AbortController", classes.AbortController.fields, names(AbortController()))
    same_names("AbortSignal", classes.AbortSignal.functions, without(names(AbortSignal), { super = true }))
    same_names("fields of AbortSignal", classes.AbortSignal.fields, names(signal))
  end)

  it("has the fields of errors", function()
    local seen = names(Error("x", { code = 1, cause = 2 }))
    local function add(err) seen = union(seen, names(err)) end
    helper.run(function()
      local function fail(options)
        net.connect(options):on("error", helper.must(function(err)
          add(err)
          for _, one in ipairs(err.errors or {}) do add(one) end
        end))
      end
      local function answer(...)
        local results = table.pack(nil, ...)
        return function(_, _, callback) callback(table.unpack(results, 1, results.n)) end
      end
      local first, second = net.createServer():listen(0, "127.0.0.1"), net.createServer():listen(0, "127.0.0.1")
      local port, other = first:address().port, second:address().port
      first:close() -- nobody listens there from now on
      second:close()
      fail { port = port, host = "127.0.0.1", localAddress = "127.0.0.1", localPort = other }
      fail { port = port, host = "x", lookup = answer("127.0.0.1", 5), family = 4 }
      fail { port = port, host = "x", lookup = answer {
        { address = "127.0.0.1", family = 4 }, { address = "127.0.0.2", family = 4 } } }
      fail { port = port, host = ("x"):rep(70) .. ".invalid" } -- no name can be that long: nobody is asked
      net.connect(port, "127.0.0.1"):on("error", helper.must(add))
      local taken = net.createServer():listen(0, "127.0.0.1")
      net.createServer():listen(taken:address().port, "127.0.0.1"):on("error", helper.must(function(err)
        add(err)
        taken:close()
      end))
      add(select(2, pcall(require "events"().emit, require "events"(), "error", 5)))
    end)
    add(select(2, pcall(fs.renameSync, "/nowhere/at/all", "/nowhere/else")))
    same_names("fields of Error", classes.Error.fields, seen)
  end)

  it("has what operations on files give", function()
    for class, value in pairs { Stats = fs.statSync "/", Dirent = fs.readdirSync("/", { withFileTypes = true })[1] } do
      same_names("fields of " .. class, classes[class].fields, names(value))
      same_names("methods of " .. class, classes[class].functions, names(fs[class]))
    end
    same_names("fs.constants", classes["fs.constants"].fields, names(fs.constants))
  end)

  it("has what is to be called Error", function()
    for name in pairs(globals) do
      if name:find "Error$" then assert.equal(name, _G[name]("x").name) end
    end
  end)

  -- -- modules --------------------------------------------------------------------------------------------------------

  it("has every module that scripts may require", function()
    local public = {}
    for _, path in ipairs(files "lua/*.lua") do
      local name = path:match "([%w_]+)%.lua$"
      if pcall(require, "node:" .. name) then public[name] = true end
    end
    same_names("modules", modules, public)
  end)

  -- Fields that a module computes: pairs() does not show them.
  local computed = {
    dns = { Resolver = true },
    net = { BlockList = true, SocketAddress = true, BoundSocket = true },
    events = { defaultMaxListeners = true },
    process = { exitCode = true, stdin = true, stdout = true, stderr = true },
  }

  for name, class in pairs(modules) do
    it("has what is in the module " .. name, function()
      local module = require("node:" .. name)
      local functions, fields = declared(class, "functions"), declared(class, "fields")
      for field in pairs(computed[name] or {}) do
        assert.truthy(fields[field].optional or module[field] ~= nil, field)
      end
      local actual = union(names(module), computed[name] or {})
      if name == "events" then actual = union(actual, emitter, { errorMonitor = true }) end -- the class's are the module's
      same_names("module " .. name, union(functions, fields), actual)
      for key in pairs(functions) do assert.equal("function", type(module[key]), key) end
      if name == "process" then process.stdin:destroy() end -- it was looked at, and so made
    end)
  end

  it("has what is in the module moonport.test", function()
    local class = classes["moonport.test"]
    same_names("moonport.test", union(declared(class, "functions"), class.fields), names(require "moonport.test"))
  end)

  it("has the classes of net and dns, and the clock of process", function()
    same_names("net.Socket", classes["net.SocketClass"].fields, names(net.Socket))
    same_names("net.Server", classes["net.ServerClass"].fields, names(net.Server))
    for _, name in ipairs { "BlockList", "SocketAddress", "BoundSocket" } do
      same_names("net." .. name, classes["net." .. name .. "Class"].fields, names(net[name]))
    end
    same_names("dns.Resolver", classes["dns.ResolverClass"].fields, names(dns.Resolver))
    same_names("fs.ReadStream", classes["fs.ReadStreamClass"].fields, names(fs.ReadStream))
    for _, name in ipairs { "Readable", "Writable", "Duplex", "Transform" } do
      same_names("stream." .. name, classes["stream." .. name .. "Class"].fields,
        without(names(stream[name]), { base = true }))
    end
    same_names("fs.WriteStream", classes["fs.WriteStreamClass"].fields, names(fs.WriteStream))
    same_names("process.hrtime", classes["process.hrtime"].fields, names(process.hrtime))
  end)

  it("has Buffer, what strings can do, and decoders", function()
    local buffer, decoder = require "buffer", require "string_decoder".StringDecoder
    same_names("Buffer", classes.Buffer.functions, names(buffer.Buffer))
    for name in pairs(classes.Buffer.functions) do assert.equal("function", type(buffer.Buffer[name]), name) end
    same_names("buffer.constants", classes["buffer.constants"].fields, names(buffer.constants))
    same_names("buffer.JSON", classes["buffer.JSON"].fields, names(buffer.Buffer.toJSON "x"))
    same_names("StringDecoder", classes.StringDecoder.functions, names(decoder.prototype))
    same_names("fields of StringDecoder", classes.StringDecoder.fields, names(decoder()))
    local plain = {}
    local own = "byte char dump find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper"
    for name in own:gmatch "%S+" do plain[name] = true end
    same_names("string", classes.stringlib.functions, without(names(string), plain))
  end)

  it("has what inspect has besides", function()
    local inspect = require "util".inspect
    for name in pairs(classes["util.inspect"].fields) do assert.is_not_nil(inspect[name], name) end
    same_names("options of inspect", classes["moonport.InspectOptions"].fields, names(inspect.defaultOptions))
    same_names("fields of debuglog", classes["util.DebugLog"].fields, names(require "util".debuglog "x"))
  end)

  it("has the globals", function()
    local plain = {}
    for name in ([[_G _VERSION arg assert collectgarbage coroutine debug dofile error getmetatable io ipairs load loadfile
      math next os package pairs pcall print rawequal rawget rawlen rawset require select setmetatable string table
      tonumber tostring type utf8 warn xpcall]]):gmatch "%S+" do plain[name] = true end
    local found = {}
    local printed = helper.script "for name in pairs(_G) do print(name) end".out
    for name in printed:gmatch "%S+" do found[name] = true end
    same_names("globals", globals, without(found, plain))
  end)

  -- -- options and events ---------------------------------------------------------------------------------------------

  it("has the options", function()
    local types, missing = {}, {}
    for name, class in pairs(classes) do
      local module = name:match "^(%l+)%.%w*Options$"
      local ours = module == "net" or module == "dgram" or module == "fs" or module == "dns" or module == "stream"
      if ours then types = union(types, class.fields) end
    end
    for name in c_source:gmatch '{ "(%w+)", "[%w.]+", OPTION_' do
      if not types[name] then missing[name] = true end
    end
    assert.equal("", listed(missing), "lua/types/ lacks options")
    for name in pairs(types) do
      local known = c_source:find(('{ "%s", "'):format(name), 1, true)
        or lua_source:find(("%%.%s%%f[^%%w_]"):format(name)) or lua_source:find(('"%s"'):format(name), 1, true)
      if not known and name ~= "hints" and name ~= "all" then missing[name] = true end
    end
    assert.equal("", listed(missing), "only lua/types/ has options")
  end)

  it("has the events", function()
    local actual, by_id = {}, {}
    for id, name in c_source:gmatch 'X%(([A-Z_]+), "(%a+)"%)' do by_id[id] = name end
    for id in c_source:gmatch "EVENT_([A-Z_]+)" do
      if id ~= "NONE" and id ~= "COUNT" and by_id[id] then actual[by_id[id]] = true end
    end
    for name in lua_source:gmatch ':emit%("(%a+)"' do actual[name] = true end
    local types = {}
    for name in pairs(events) do
      if not name:find "^SIG" then types[name] = true end
    end
    same_names("events", types, actual)
  end)

  -- -- form -----------------------------------------------------------------------------------------------------------

  it("is Lua, says something on every function, and keeps to its width", function()
    assert.equal("", table.concat(silent, ", "))
    for _, path in ipairs(paths) do
      assert(loadfile(path))
      local number = 0
      for line in io.lines(path) do
        number = number + 1
        if #line > 120 then error(("%s:%d is longer than 120 columns"):format(path, number), 0) end
      end
    end
  end)
end)
