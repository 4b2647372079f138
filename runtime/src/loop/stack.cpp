//===- stack.cpp - The stack of a thread, while it is there ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//

#include "stack.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <unistd.h>
#include <unwind.h>

#ifdef AIO_HAS_LIBDW
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#endif

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

namespace aio::detail {

//===- Taking it ----------------------------------------------------------===//

void take_stack(raw_stack &into, std::uintptr_t base) noexcept {
  struct walk {
    raw_stack &into;
    std::uintptr_t base;
  } state{into, base};
  into.size = 0;
  into.first_exact = false;
  _Unwind_Backtrace(
      [](_Unwind_Context *context, void *argument) -> _Unwind_Reason_Code {
        walk &self = *static_cast<walk *>(argument);
        int interrupted = 0;
        const std::uintptr_t address = _Unwind_GetIPInfo(context, &interrupted);
        if (interrupted) { // all before it is of the handler
          self.into.size = 0;
          self.into.first_exact = true;
        }
        if (address == 0 || _Unwind_GetCFA(context) >= self.base ||
            self.into.size == raw_stack::most)
          return _URC_END_OF_STACK;
        self.into.addresses[self.into.size++] = address;
        return _URC_NO_REASON;
      },
      &state);
}

//===- Names --------------------------------------------------------------===//

namespace {

std::string demangled(const std::string &symbol) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void *)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), std::free);
  return name ? std::string(name.get()) : symbol;
}

/// Sets the name of \p frame from \p symbol: what compilers add to it, and split off, is left out.
void set_name(stack_frame &frame, std::string_view symbol) {
  // GCC: name, and the frame's type: a number and "_Z4loadv.Frame", where the second part is the
  // coroutine's.
  if (const auto type = symbol.find(".Frame."); type != symbol.npos) {
    if (const auto begin = symbol.rfind("_Z", type); begin != symbol.npos && begin != 0) {
      frame.coroutine = true;
      frame.function = demangled(std::string(symbol.substr(begin, type - begin)));
      return;
    }
  }
  // The versions of a library's symbols, and the parts that optimizers make: ".cold", ".part.0".
  if (const auto version = symbol.find('@'); version != symbol.npos && version != 0)
    symbol = symbol.substr(0, version);
  if (const auto part = symbol.find('.'); part != symbol.npos && part != 0) {
    const std::string_view suffix = symbol.substr(part);
    frame.coroutine = suffix.starts_with(".resume") || suffix.starts_with(".destroy") ||
                      suffix.starts_with(".cleanup");
    symbol = symbol.substr(0, part);
  }
  frame.function = demangled(std::string(symbol));
}

std::string in_hex(std::uintptr_t value) {
  std::array<char, 2 * sizeof value> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  return "0x" + std::string(digits.data(), end);
}

std::string last_of_path(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

/// What the dynamic linker knows.
stack_frame name_exported(std::uintptr_t address) {
  stack_frame frame;
  Dl_info found{};
  if (!dladdr(reinterpret_cast<void *>(address), &found)) {
    frame.function = in_hex(address);
    frame.module = "?";
    return frame;
  }
  frame.module = last_of_path(found.dli_fname ? found.dli_fname : "?");
  if (found.dli_sname)
    set_name(frame, found.dli_sname);
  else
    frame.function = in_hex(address - reinterpret_cast<std::uintptr_t>(found.dli_fbase));
  return frame;
}

#ifdef AIO_HAS_LIBDW

/// Separate debug information is looked for as debuggers do, but not that of the system's
/// libraries: their names are enough, and it may be a server that is asked for it.
int find_debug_information(Dwfl_Module *module, void **userdata, const char *name, Dwarf_Addr base,
                           const char *file, const char *link, GElf_Word crc, char **result) {
  const std::string_view path = file ? file : "";
  if (path.starts_with("/lib") || path.starts_with("/usr/lib"))
    return -1;
  return dwfl_standard_find_debuginfo(module, userdata, name, base, file, link, crc, result);
}

/// The program and its libraries, with what was read of their debug information so far.
class modules {
public:
  modules() : all_(dwfl_begin(&callbacks)) {}
  modules(const modules &) = delete;
  modules &operator=(const modules &) = delete;

  /// Reads what is loaded by now.
  void refresh() {
    if (!all_)
      return;
    dwfl_report_begin(all_);
    dwfl_linux_proc_report(all_, getpid());
    dwfl_report_end(all_, nullptr, nullptr);
  }

  /// Adds what is at \p address: a function, and before it those inlined into it there.
  void name(std::vector<stack_frame> &out, std::uintptr_t address) {
    Dwfl_Module *const module = all_ ? dwfl_addrmodule(all_, address) : nullptr;
    stack_frame frame;
    if (!module) {
      out.push_back(name_exported(address));
      return;
    }
    Dwarf_Addr bias = 0;
    const char *symbol = dwfl_module_addrname(module, address);
    if (Dwarf_Die *const unit = unit_of(module, address, bias))
      name_inlined(out, frame, unit, address - bias, symbol);
    if (symbol)
      set_name(frame, symbol);
    else if (frame.function.empty())
      frame = name_exported(address);
    if (frame.module.empty())
      frame.module = last_of_path(
          dwfl_module_info(module, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr));
    out.push_back(std::move(frame));
  }

private:
  static constexpr Dwfl_Callbacks callbacks{dwfl_linux_proc_find_elf, find_debug_information,
                                            nullptr, nullptr};

  static Dwarf_Die *unit_of(Dwfl_Module *module, Dwarf_Addr address, Dwarf_Addr &bias) {
    if (Dwarf_Die *const unit = dwfl_module_addrdie(module, address, &bias))
      return unit;
    // Clang writes no table from addresses to units.
    for (Dwarf_Die *unit = nullptr; (unit = dwfl_module_nextcu(module, unit, &bias));)
      if (dwarf_haspc(unit, address - bias) == 1)
        return unit;
    return nullptr;
  }

  static const char *name_of_die(Dwarf_Die *die) {
    Dwarf_Attribute found;
    for (const unsigned name : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name, DW_AT_name})
      if (dwarf_attr_integrate(die, name, &found))
        return dwarf_formstring(&found);
    return nullptr;
  }

  static unsigned number_of(Dwarf_Die *die, unsigned attribute) {
    Dwarf_Attribute found;
    Dwarf_Word value = 0;
    if (!dwarf_attr(die, attribute, &found) || dwarf_formudata(&found, &value) != 0)
      return 0;
    return static_cast<unsigned>(value);
  }

  /// The function below \p parent that has \p pc, and what is around it in there, the outermost
  /// first. (dwarf_getscopes of elfutils 0.188 does not find Clang's coroutines.)
  static bool find_around(std::vector<Dwarf_Die> &out, Dwarf_Die parent, Dwarf_Addr pc) {
    Dwarf_Die die;
    for (int more = dwarf_child(&parent, &die); more == 0; more = dwarf_siblingof(&die, &die)) {
      switch (dwarf_tag(&die)) {
      case DW_TAG_subprogram:
      case DW_TAG_inlined_subroutine:
      case DW_TAG_lexical_block:
        if (dwarf_haspc(&die, pc) != 1)
          break;
        out.push_back(die);
        find_around(out, die, pc);
        return true;
      case DW_TAG_namespace:
      case DW_TAG_class_type:
      case DW_TAG_structure_type:
        if (find_around(out, die, pc))
          return true;
        break;
      default:
        break;
      }
    }
    return false;
  }

  /// Adds those that are inlined at \p pc, and leaves in \p frame the line, and if there is no
  /// \p symbol the name, of the function that they are in.
  static void name_inlined(std::vector<stack_frame> &out, stack_frame &frame, Dwarf_Die *unit,
                           Dwarf_Addr pc, const char *symbol) {
    if (Dwarf_Line *const at = dwarf_getsrc_die(unit, pc)) {
      int line = 0;
      if (const char *const file = dwarf_linesrc(at, nullptr, nullptr))
        frame.file = file;
      dwarf_lineno(at, &line);
      frame.line = static_cast<unsigned>(line);
    }
    std::vector<Dwarf_Die> around;
    if (!find_around(around, *unit, pc))
      return;
    Dwarf_Files *files = nullptr;
    std::size_t files_size = 0;
    dwarf_getsrcfiles(unit, &files, &files_size);
    for (auto each = around.rbegin(); each != around.rend(); ++each) {
      Dwarf_Die *const die = &*each;
      const int tag = dwarf_tag(die);
      if (tag == DW_TAG_subprogram) {
        if (const char *const name = symbol ? nullptr : name_of_die(die))
          set_name(frame, name);
        return;
      }
      if (tag != DW_TAG_inlined_subroutine)
        continue;
      if (const char *const name = name_of_die(die))
        set_name(frame, name);
      else
        frame.function = "?";
      out.push_back(std::exchange(frame, {}));
      const unsigned file = number_of(die, DW_AT_call_file);
      if (file < files_size)
        if (const char *const path = dwarf_filesrc(files, file, nullptr, nullptr))
          frame.file = path;
      frame.line = number_of(die, DW_AT_call_line);
    }
  }

  Dwfl *all_;
};

#endif // AIO_HAS_LIBDW

} // namespace

std::string stack_frame::text() const {
  if (!file.empty() && line != 0)
    return function + " at " + std::filesystem::path(file).lexically_normal().string() + ":" +
           std::to_string(line);
  return function + " in " + module;
}

std::vector<stack_frame> name_stack(const raw_stack &stack) {
  std::vector<stack_frame> named;
#ifdef AIO_HAS_LIBDW
  // libdw is for one thread at a time. What it has read is kept: reading is what takes long.
  static std::mutex &one = *new std::mutex;
  std::lock_guard held(one);
  static modules &loaded = *new modules;
  loaded.refresh();
#endif
  for (std::size_t i = 0; i != stack.size; ++i) {
    // What a call returns to may belong to the next line, or the next function.
    const std::uintptr_t address = stack.addresses[i] - (i == 0 && stack.first_exact ? 0 : 1);
#ifdef AIO_HAS_LIBDW
    loaded.name(named, address);
#else
    named.push_back(name_exported(address));
#endif
  }
  return named;
}

} // namespace aio::detail
