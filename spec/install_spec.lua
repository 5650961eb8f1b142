-- install_spec.lua - make install and make uninstall, into a folder of their own: everything is there and works from
-- there, hosts in C are built against it as users would, and nothing stays behind.
local helper = require "spec.helper"
local terminal = require "spec.terminal"
local shell, quote = helper.shell, helper.quote

local build = os.getenv "BUILD" or "build"
local root = helper.path()
local prefix = root .. "/usr/local"
local manifest = build .. "/install_manifest.txt" -- of the last install: it is put back

local function has(command) return os.execute(("command -v %s >/dev/null 2>&1"):format(command)) == true end

local function good(command)
  local got = shell(command)
  assert.equal(0, got.code, command .. "\n" .. got.out .. got.err)
  return got.out
end

-- What lies in the folder, without the types: sorted, from the prefix on.
local function tree()
  local list = {}
  for path in good(("cd %s && find . ! -type d | LC_ALL=C sort"):format(quote(root))):gmatch "[^\n]+" do
    list[#list + 1] = path:gsub("^%./usr/local/", "")
  end
  return list
end

local sanitizers = helper.sanitized and "-fsanitize=address,undefined" or ""

describe("make install", function()
  local kept

  setup(function()
    kept = helper.read_file(manifest)
    good(("make -s -o all install BUILD=%s DESTDIR=%s PREFIX=/usr/local"):format(quote(build), quote(root)))
  end)

  teardown(function()
    if kept then helper.write_file(manifest, kept) else os.remove(manifest) end
  end)

  it("installs everything at its place", function()
    local there = {}
    for _, path in ipairs(tree()) do there[path] = true end
    for _, path in ipairs { "bin/moonport", "include/moonport.h", "lib/libmoonport.a", "lib/libmoonport.so",
      "lib/pkgconfig/moonport.pc", "lib/cmake/moonport/moonport-config.cmake", "lib/lua/5.4/moonport.so",
      "lib/cmake/moonport/moonport-config-version.cmake", "lib/cmake/moonport/moonport-targets.cmake",
      "share/man/man1/moonport.1", "share/bash-completion/completions/moonport", "share/zsh/site-functions/_moonport",
      "share/fish/vendor_completions.d/moonport.fish", "share/moonport/types/net.lua" } do
      assert.truthy(there[path], path .. " is missing")
    end
    for path in good("ls lua/types"):gmatch "%S+" do assert.truthy(there["share/moonport/types/" .. path], path) end
  end)

  it("installs an executable that runs from there and finds its types", function()
    local moonport = quote(prefix .. "/bin/moonport")
    assert.equal("2\n", good(moonport .. " -p 1+1"))
    local real = good("realpath " .. quote(prefix))
    assert.equal(real:gsub("\n", "") .. "/share/moonport/types\n", good(moonport .. " types"))
  end)

  it("names no folder of the build", function()
    local source = good "pwd":gsub("\n", "")
    local found = shell(("grep -rlF %s %s/lib/pkgconfig %s/lib/cmake %s/share"):format(quote(source), prefix, prefix, prefix))
    assert.equal("", found.out)
  end)

  it("installs a module that stock Lua requires", function()
    if not has "lua5.4" then return pending "lua5.4 is not installed" end
    if helper.sanitized then return pending "a sanitizer's module does not load into lua5.4" end
    assert.equal("6\n", good(("LUA_CPATH_5_4='%s/lib/lua/5.4/?.so' lua5.4 -e %s"):format(prefix,
      quote [[require "moonport" print(require "net".isIP "::1")]])))
  end)

  it("has C hosts built with pkg-config", function()
    if not has "pkg-config" then return pending "pkg-config is not installed" end
    local host = helper.path()
    local compiler = helper.read_file(build .. "/CMakeCache.txt"):match "\nCMAKE_C_COMPILER:[A-Z]+=([^\n]+)"
    good(("%s -Wall -Wextra -Werror %s examples/embed/host.c -o %s $(PKG_CONFIG_PATH=%s pkg-config --cflags --libs moonport)")
      :format(compiler, sanitizers, quote(host), quote(prefix .. "/lib/pkgconfig")))
    local out = good(("LD_LIBRARY_PATH=%s timeout -k 1 20 %s 2>&1"):format(quote(prefix .. "/lib"), quote(host)))
    assert.truthy(out:find("\nscript: HELLO\n", 1, true), out)
    assert.equal(helper.read_file "bindings/moonport.h":match '#define MOONPORT_VERSION "(.-)"' .. "\n",
      good(("PKG_CONFIG_PATH=%s pkg-config --modversion moonport"):format(quote(prefix .. "/lib/pkgconfig"))))
  end)

  it("has README's C host built by README's command, which runs scripts", function()
    if not has "pkg-config" then return pending "pkg-config is not installed" end
    if helper.sanitized then return pending "a sanitizer's library wants its own flags" end
    local readme, folder = helper.read_file "README.md", helper.path()
    local source, command = readme:match "\n```c\n(.-)\n```\n", readme:match "`(cc host%.c [^`]+)`"
    local _, lines = source:match("int main.-\n(.-)\n}"):gsub("\n", "\n")
    assert.is_true(lines < 15) -- line ends within main
    os.execute("mkdir " .. folder)
    helper.write_file(folder .. "/host.c", source .. "\n")
    helper.write_file(folder .. "/script.lua", 'setTimeout(print, 1, "from the host")')
    local at = ("cd %s && export PKG_CONFIG_PATH=%s LD_LIBRARY_PATH=%s && "):format(folder, quote(prefix .. "/lib/pkgconfig"),
      quote(prefix .. "/lib"))
    good(at .. command)
    assert.equal("from the host\n", good(at .. "timeout -k 1 20 ./host script.lua"))
  end)

  it("has C hosts built with find_package, on the shared library and on the static one", function()
    local folder = helper.path()
    good(("mkdir %s && cp examples/embed/host.c %s"):format(folder, folder))
    helper.write_file(folder .. "/CMakeLists.txt", ([[
      cmake_minimum_required(VERSION 3.18)
      project(hosts LANGUAGES C)
      find_package(moonport 0.1 REQUIRED)
      foreach(kind moonport static)
        add_executable(host_${kind} host.c)
        target_compile_options(host_${kind} PRIVATE %s)
        target_link_options(host_${kind} PRIVATE %s)
        target_link_libraries(host_${kind} PRIVATE moonport::${kind})
      endforeach()]]):format(sanitizers, sanitizers))
    good(("cmake -S %s -B %s/build -D CMAKE_PREFIX_PATH=%s && cmake --build %s/build"):format(folder, folder,
      quote(prefix), folder))
    for _, kind in ipairs { "moonport", "static" } do
      local out = good(("timeout -k 1 20 %s/build/host_%s 2>&1"):format(folder, kind))
      assert.truthy(out:find("\nscript: HELLO\n", 1, true), out)
    end
  end)

  it("installs a manual page that man shows without a warning, and that has all options", function()
    local page = helper.read_file(prefix .. "/share/man/man1/moonport.1")
    for option in shell '"$M" --help'.out:gmatch "\n  (%-[^\n]-)  " do
      for word in option:gmatch "%-[%w-]*" do
        assert.truthy(page:find((word:gsub("%-", "\\-")), 1, true), word .. " is not in docs/moonport.1")
      end
    end
    local listed = " "
    for entry in page:match "\n%.SH OPTIONS\n(.-)\n%.SH":gmatch "\n%.TP\n([^\n]*)" do -- and no others
      local plain = entry:gsub('^%.%u+ ', ""):gsub("\\f.", ""):gsub("\\", ""):gsub('"', ""):gsub("%s*,%s*", ", ")
      listed = listed .. plain:gsub(" +", " "):gsub("(%-%l) (%l+), (%-%-%l+) %2", "%1, %3 %2") .. "\n "
    end
    local help = ""
    for option in shell '"$M" --help'.out:gmatch "\n  (%-[^\n]-)  " do help = help .. " " .. option .. "\n" end
    assert.equal(help, (listed:gsub(" $", "")))
    if not has "man" then return pending "man is not installed" end
    local got = shell(("LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l %s/share/man/man1/moonport.1"):format(prefix))
    assert.same({ "", 0 }, { got.err, got.code })
    assert.truthy(got.out:find "moonport %- run Lua scripts")
  end)

  it("installs a manual page that has all commands and files of the prompt", function()
    local page = helper.read_file(prefix .. "/share/man/man1/moonport.1")
    local count = 0
    for name in shell('MOONPORT_HISTORY= "$M" -i', ".help\n").out:gmatch "%f[^\n%z](%.%l+) " do
      assert.truthy(page:find(name, 1, true), name)
      count = count + 1
    end
    assert.equal(9, count)
    for _, text in ipairs { "MOONPORT_HISTORY", "XDG_STATE_HOME/moonport/history", ".inputrc", "NO_COLOR" } do
      assert.truthy(page:find(text, 1, true), text)
    end
  end)

  it("installs completions that their shells read", function()
    local files = { bash = "bash-completion/completions/moonport", zsh = "zsh/site-functions/_moonport",
      fish = "fish/vendor_completions.d/moonport.fish" }
    local absent = {}
    for name, path in pairs(files) do
      local file = prefix .. "/share/" .. path
      assert.equal(helper.read_file(file), shell('"$M" completions ' .. name).out)
      if has(name) then good(name .. " -n " .. quote(file)) else absent[#absent + 1] = name .. " is not installed" end
    end
    table.sort(absent)
    if absent[1] then return pending(table.concat(absent, ", ")) end
  end)

  it("installs completions that complete: bash", function()
    if not has "bash" then return pending "bash is not installed" end
    local folder = helper.path()
    good(("mkdir -p %s/sub && touch %s/one.lua %s/two.txt"):format(folder, folder, folder))
    for line, expected in pairs {
      ["--al"] = "--allow-bytecode", ["com"] = "completions", ["completions "] = "bash zsh fish",
      ["completions f"] = "fish", [""] = "sub one.lua test types completions", ["--watch o"] = "one.lua", ["-e "] = "",
      ["-l x o"] = "one.lua", ["-c one.lua o"] = "",
      ["types "] = "",
    } do
      local words = "moonport"
      local all = line .. ((line == "" or line:find " $") and "''" or "")
      for word in all:gmatch "%S+" do words = words .. " " .. word end
      local got = shell(("cd %s && bash -c %s"):format(quote(folder), quote(([[
        compopt() { :; }
        source %s/share/bash-completion/completions/moonport
        COMP_WORDS=(%s) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _moonport
        echo "${COMPREPLY[@]}"]]):format(prefix, words))))
      assert.same({ expected .. "\n", "" }, { got.out, got.err }, line)
    end
  end)

  it("installs completions that complete: fish", function()
    if not has "fish" then return pending "fish is not installed" end
    local folder = helper.path()
    good(("mkdir -p %s/sub %s/home && touch %s/one.lua %s/two.txt"):format(folder, folder, folder, folder))
    for line, expected in pairs {
      ["--al"] = "--allow-bytecode", ["com"] = "completions", ["completions "] = "bash fish zsh",
      ["completions f"] = "fish", ["t"] = "test two.txt types", ["--watch o"] = "one.lua", ["-e "] = "",
      ["-e x --al"] = "--allow-bytecode", ["-e one.lua --al"] = "--allow-bytecode",
      ["-l x o"] = "one.lua", ["-c one.lua o"] = "one.lua", ["types "] = "", ["one.lua --al"] = "",
    } do
      local got = shell(("cd %s && HOME=%s/home fish --no-config -c %s"):format(quote(folder), folder, quote(([[
        source %s/share/fish/vendor_completions.d/moonport.fish
        complete -C 'moonport %s']]):format(prefix, line))))
      local words = {}
      for word in got.out:gmatch "([^\t\n]+)[^\n]*\n" do words[#words + 1] = word end
      table.sort(words)
      assert.same({ expected, "" }, { table.concat(words, " "), got.err }, line)
    end
  end)

  it("installs completions that complete: zsh", function()
    if not has "zsh" then return pending "zsh is not installed" end
    local missing = terminal.missing()
    if missing then return pending(missing) end
    local folder = helper.path()
    good(("mkdir -p %s/sub %s/home && touch %s/one.lua %s/two.txt"):format(folder, folder, folder, folder))
    helper.write_file(folder .. "/home/.zshrc", ([[
      PS1='> '
      fpath=(%s/share/zsh/site-functions $fpath)
      autoload -Uz compinit
      compinit -D -u
      setopt no_beep no_list_beep no_prompt_sp
      unset zle_bracketed_paste
      cd %s]]):format(prefix, folder))
    for line, expected in pairs {
      ["--al"] = "--allow-bytecode ", ["completi"] = "completions ", ["completions f"] = "completions fish ",
      ["completions b"] = "completions bash ", ["ty"] = "types ", ["--watch o"] = "--watch one.lua ",
      ["-l x o"] = "-l x one.lua ", ["-c one.lua o"] = "-c one.lua one.lua ", ["-e x --al"] = "-e x --allow-bytecode ",
      ["-e on"] = "-e on", ["one.lua --al"] = "one.lua --al", ["types o"] = "types o", -- here nothing is known
    } do
      local got = terminal.play({ { "expect", "> " }, { "send", "moonport " .. line .. "\tX" }, { "expect", "X" },
        { "kill" } }, { command = "zsh -d -i", env = "ZDOTDIR=" .. folder .. "/home" })
      assert.equal("> moonport " .. expected .. "X", got.screen)
    end
  end)

  it("is undone by make uninstall, which leaves what is not ours", function()
    helper.write_file(prefix .. "/lib/other.so", "")
    good(("make -s uninstall BUILD=%s DESTDIR=%s"):format(quote(build), quote(root)))
    assert.same({ "lib/other.so" }, tree())
    assert.equal("", good(("find %s -type d -name '*moonport*'"):format(quote(root))))
    assert.equal("", good(("make -s uninstall BUILD=%s DESTDIR=%s 2>&1"):format(quote(build), quote(root)))) -- nothing is left
    local got = shell "make -s uninstall BUILD=/nowhere"
    assert.equal("nothing was installed from /nowhere/\n", got.out)
    assert.is_true(got.code ~= 0)
  end)

  it("takes a PREFIX with a space in it, and no DESTDIR", function()
    local place = root .. "/my programs"
    good(("make -s -o all install BUILD=%s PREFIX=%s DESTDIR="):format(quote(build), quote(place)))
    assert.equal(place .. "/share/moonport/types\n", good(quote(place .. "/bin/moonport") .. " types"))
    good(("make -s uninstall BUILD=%s DESTDIR="):format(quote(build)))
    assert.equal("", good(("find %s -type f -o -name '*moonport*'"):format(quote(place))))
  end)
end)
