-- parity_spec.lua - spec/parity/: NAME.lua under moonport prints the lines that NAME.js printed under Node (NAME.txt).
-- Where that Node is installed, NAME.js is run as well: a record that has drifted fails. spec/parity/record makes new ones.

local folder = (debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "parity"
local moonport = os.getenv "MOONPORT" or "build/moonport"

-- What Node's texts call by JavaScript's names, and we by Lua's. The only differences that are allowed.
local substitutions = {
  { "Received undefined", "Received nil" },
  { "Received null", "Received nil" },
  { "Received an instance of Object", "Received table" },
  { "Received an instance of Array", "Received table" },
  { "Received %b{}", "Received table" }, -- a value shown in full
  { "Received %b[]", "Received table" },
  { "Received function [%w_$]*", "Received function" }, -- functions have no names
  { "Unhandled error%. %(undefined%)", "Unhandled error. (nil)" },
  { "of type object", "of type table" },
  { "an instance of ReadableStream, WritableStream, or Stream", "an instance of Stream" },
  { "one of type string or object", "one of type string or table" },
  { "of type string or an instance of Buffer or URL", "of type string" },
  { "must be a string, Uint8Array, or URL without null bytes", "must be a string without null bytes" },
  { "must be an instance of Date or an Time in seconds", "must be of type number" },
  { "must be an instance of Array", "must be of type table" },
  { "of type string or an instance of Buffer, TypedArray, or DataView", "of type string" },
  { "string or an instance of Buffer or Uint8Array", "string" },
  { "an instance of Buffer or Uint8Array", "of type string" },
  { "an instance of Buffer, TypedArray, or DataView", "of type string" },
  { "of type string or an instance of Buffer or ArrayBuffer", "of type string" },
  { "of type string or an instance of Buffer, ArrayBuffer, or Array or an Array%-like Object", "of type string or table" },
  { "an instance of Array", "of type table" },
}

-- Warnings that this Node does not give yet (22 does), by scenario: told once, on stderr.
local warnings = { args_timers = "^moonport: args_timers%.lua:12: TimeoutNegativeWarning: [^\n]+\n[^\n]+\n$" }

local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("a")
  pipe:close()
  return text
end

local function contents(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

-- The record of a scenario: its lines, the major version of its Node, the exit status; nil when there is none.
local function record(name)
  local text = contents(("%s/%s.txt"):format(folder, name))
  local heading, lines = (text or ""):match("^([^\n]*)\n(.*)$")
  local major, status = (heading or ""):match("^# node (%d+),? ?e?x?i?t? ?(%d*)$")
  return major and { lines = lines, major = major, status = status == "" and "0" or status }
end

local names, known = {}, {}
for file in output_of(("ls '%s'"):format(folder)):gmatch("[^\n]+") do
  local name = file:match("^([%w_]+)%.js$") or file:match("^([%w_]+)%.lua$") or file:match("^([%w_]+)%.txt$")
  if name and name ~= "prelude" and not known[name] then
    known[name] = true
    names[#names + 1] = name
  end
end

local node = output_of("node --version 2>/dev/null"):match("^v(%d+)")
local why_not = node and "node here is of version " .. node or "node is not installed"
if (os.getenv "sanitized" or "") ~= "" then node, why_not = nil, "once is enough, in the plain build" end
local out -- the folder with what all scenarios printed: NAME.lua.out, .err and .status, the same of NAME.js

-- Runs all at once, four at a time, each with a limit of 10 s.
local function run_all()
  local jobs = assert(io.open(out .. "/jobs", "w"))
  for _, name in ipairs(names) do
    local kept = record(name)
    jobs:write("moonport ", name, ".lua\n")
    if kept and kept.major == node then jobs:write("node ", name, ".js\n") end
  end
  jobs:close()
  local script = [[
    moonport=$(realpath '%s') && cd '%s' || exit 1
    export moonport PARITY_TMP='%s' node=node
    xargs -P 4 -L 1 sh -c '
      if [ "$1" = node ]; then program=node; else program=$moonport; fi
      timeout 10 "$program" "$2" </dev/null >"$PARITY_TMP/$2.out" 2>"$PARITY_TMP/$2.err"
      echo $? >"$PARITY_TMP/$2.status"
    ' sh <"$PARITY_TMP/jobs"
  ]]
  assert(os.execute(script:format(moonport, folder, out)), "the scenarios could not be run by " .. moonport)
end

-- Fails with the difference between the lines expected and those that `file` (NAME.lua, NAME.js) printed.
local function expect(file, lines, status)
  local path = out .. "/" .. file
  local err, got = contents(path .. ".err"), contents(path .. ".status"):match("%d+")
  if contents(path .. ".out") ~= lines then
    local expected = assert(io.open(path .. ".expected", "wb"))
    expected:write(lines)
    expected:close()
    local difference = output_of(("diff -u -L expected -L '%s' '%s.expected' '%s.out'"):format(file, path, path))
    error(("%s prints other lines:\n%s%s"):format(file, difference, err), 0)
  end
  if got ~= status then error(("%s exits with %s, not with %s\n%s"):format(file, got, status, err), 0) end
  local warning = warnings[file:match("^(.*)%.lua$")]
  if warning and not err:find(warning) then error(("%s does not warn:\n%s"):format(file, err), 0) end
  -- An uncaught error (status 1) is reported there, nothing else may be.
  if not warning and err ~= "" and status ~= "1" then error(("%s writes to standard error:\n%s"):format(file, err), 0) end
end

describe("Parity with Node", function()
  setup(function()
    out = output_of("mktemp -d /tmp/parity.XXXXXX"):match("[^\n]+")
    run_all()
  end)

  teardown(function() os.execute(("rm -rf '%s'"):format(out)) end)

  local stale = {}
  for _, name in ipairs(names) do
    local kept = record(name)

    it(name .. ": moonport prints what Node printed", function()
      for _, kind in ipairs { "js", "lua", "txt" } do
        local path = ("%s/%s.%s"):format(folder, name, kind)
        if not contents(path) then error(path .. " is missing", 0) end
      end
      if not kept then error(name .. ".txt does not begin with '# node MAJOR'", 0) end
      local lines = kept.lines
      for _, substitution in ipairs(substitutions) do lines = lines:gsub(substitution[1], substitution[2]) end
      expect(name .. ".lua", lines, kept.status)
    end)

    if kept and kept.major == node then
      it(name .. ": Node prints what it printed", function() expect(name .. ".js", kept.lines, kept.status) end)
    elseif kept then
      stale[#stale + 1] = kept.major
    end
  end

  if #stale > 0 then
    it("Node prints what it printed", function()
      pending(("%d records of node %s are not run again: %s"):format(#stale, stale[1], why_not))
    end)
  end
end)
