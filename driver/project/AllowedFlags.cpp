//===- AllowedFlags.cpp - What of a command a syntax check needs ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Clang's own table says of each option which group it is in and whether it takes a value. A flag
// without a value names neither a file nor a program, so whole groups of them may pass; what takes
// a value passes by its name, or in a group whose values are neither.
//
//===----------------------------------------------------------------------===//

#include "project/AllowedFlags.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;
using namespace llvm::opt;
using namespace clang::options;

namespace corolint {
namespace {

/// Where an argument stands: what the driver's own options may say, others may not.
enum class Place { Driver, Frontend, Preprocessor };

bool isOneOf(const Option &O, ArrayRef<unsigned> Ids) {
  return any_of(Ids, [&](unsigned Id) { return O.matches(Id); });
}

bool takesValue(const Option &O) {
  return O.getKind() != Option::FlagClass;
}

/// Programs, folders of programs, and other machines than the one that runs the program.
bool isNever(const Option &O) {
  return isOneOf(O, {OPT_internal_Group, OPT_cuda_Group, OPT_hip_Group, OPT_offload_Group,
                     OPT_sycl_Group, OPT_dxc_Group, OPT_opencl_Group, OPT_hlsl_Group});
}

/// What has nothing to say of a syntax check: nobody misses it.
bool isBesideThePoint(const Option &O) {
  if (isOneOf(O, {OPT_Action_Group, OPT_Link_Group, OPT_T_Group, OPT_u_Group, OPT_M_Group,
                  OPT_DebugInfo_Group, OPT_R_Group, OPT_reserved_lib_Group,
                  OPT_StaticAnalyzer_Group, OPT_clang_ignored_f_Group,
                  OPT_clang_ignored_gcc_optimization_f_Group, OPT_clang_ignored_m_Group,
                  OPT_cl_ignored_Group, OPT__SLASH_M_Group, OPT_Preprocessor_Group}) ||
      O.hasFlag(LinkOption) || O.hasFlag(LinkerInput) || O.hasFlag(Ignored) || !takesValue(O))
    return true;
  // Code generation, profiles, diagnostics, and where they are kept; plugins are not.
  if (isOneOf(O, {OPT_f_Group, OPT_f_clang_Group, OPT_fsan_cov_Group}))
    return !isOneOf(
        O, {OPT_fplugin_EQ, OPT_fpass_plugin_EQ, OPT_fuse_ld_EQ, OPT_fthinlto_distributor_EQ});
  return isOneOf(O, {OPT_o,
                     OPT_pipe,
                     OPT_v,
                     OPT_save_temps_EQ,
                     OPT__param,
                     OPT_Wa_COMMA,
                     OPT_Xassembler,
                     OPT_mllvm,
                     OPT_rtlib_EQ,
                     OPT_unwindlib_EQ,
                     OPT_pg,
                     OPT_p,
                     OPT_Qunused_arguments,
                     OPT_gfortran_Group,
                     OPT__serialize_diags,
                     OPT_internal_debug_Group,
                     OPT_dumpdir,
                     OPT_resource_dir,
                     OPT_resource_dir_EQ,
                     OPT_nodefaultlibs,
                     OPT_nostdlibxx,
                     OPT_no_pie,
                     OPT_warning_suppression_mappings_EQ});
}

/// Of those that take a value.
bool mayPassWithValue(const Option &O) {
  // Folders and files that are read, values of the language, the target and the ABI.
  if (isOneOf(O, {OPT_I_Group,
                  OPT_clang_i_Group,
                  OPT_O_Group,
                  OPT_W_Group,
                  OPT_m_Group,
                  OPT_pedantic_Group,
                  OPT_D,
                  OPT_U,
                  OPT_std_EQ,
                  OPT_stdlib_EQ,
                  OPT_x,
                  OPT__sysroot_EQ,
                  OPT_target,
                  OPT_driver_mode,
                  OPT_gcc_toolchain,
                  OPT_gcc_install_dir_EQ,
                  OPT_gcc_triple_EQ,
                  OPT_F,
                  OPT_working_directory,
                  OPT_embed_dir_EQ,
                  OPT_arch,
                  OPT_darwin_target_variant,
                  OPT_faligned_new_EQ,
                  OPT_W_Joined,
                  OPT_Wlarge_by_value_copy_EQ,
                  OPT_resource_dir,
                  OPT_cuda_path_EQ,
                  OPT_rocm_path_EQ}))
    return true;
  // Modules that were made before are read.
  if (isOneOf(O, {OPT_fmodule_file, OPT_fmodule_map_file, OPT_fmodule_name_EQ,
                  OPT_fprebuilt_module_path, OPT_fmodules_ignore_macro, OPT_fmodule_header_EQ}))
    return true;
  return isOneOf(O, {OPT_altivec_src_compat,
                     OPT_fbracket_depth_EQ,
                     OPT_cxx_static_destructors_EQ,
                     OPT_fcf_protection_EQ,
                     OPT_fcomplex_arithmetic_EQ,
                     OPT_fconstant_string_class_EQ,
                     OPT_fconstexpr_depth_EQ,
                     OPT_fconstexpr_steps_EQ,
                     OPT_fdenormal_fp_math_EQ,
                     OPT_fexec_charset_EQ,
                     OPT_fexcess_precision_EQ,
                     OPT_ffile_prefix_map_EQ,
                     OPT_ffp_contract,
                     OPT_ffp_eval_method_EQ,
                     OPT_ffp_exception_behavior_EQ,
                     OPT_ffp_model_EQ,
                     OPT_fgnuc_version_EQ,
                     OPT_finput_charset_EQ,
                     OPT_flax_vector_conversions_EQ,
                     OPT_fmacro_prefix_map_EQ,
                     OPT_fmax_tokens_EQ,
                     OPT_fmax_type_align_EQ,
                     OPT_fms_compatibility_version,
                     OPT_fmsc_version,
                     OPT_fms_memptr_rep_EQ,
                     OPT_fms_runtime_lib_EQ,
                     OPT_fnew_alignment_EQ,
                     OPT_fno_builtin_,
                     OPT_fobjc_runtime_EQ,
                     OPT_fopenmp_EQ,
                     OPT_fopenmp_version_EQ,
                     OPT_foperator_arrow_depth_EQ,
                     OPT_fpack_struct_EQ,
                     OPT_frandomize_layout_seed_EQ,
                     OPT_fsanitize_EQ,
                     OPT_fno_sanitize_EQ,
                     OPT_fstrict_flex_arrays_EQ,
                     OPT_ftemplate_depth_EQ,
                     OPT_ftlsmodel_EQ,
                     OPT_ftrivial_auto_var_init,
                     OPT_fvisibility_EQ,
                     OPT_fvisibility_global_new_delete_EQ,
                     OPT_fcxx_abi_EQ,
                     OPT_fclang_abi_compat_EQ});
}

/// Of those that take none.
bool mayPassAlone(const Option &O) {
  return isOneOf(O, {OPT_f_Group,
                     OPT_f_clang_Group,
                     OPT_m_Group,
                     OPT_O_Group,
                     OPT_W_Group,
                     OPT_pedantic_Group,
                     OPT_I_Group,
                     OPT_clang_i_Group,
                     OPT_i_Group,
                     OPT_IncludePath_Group,
                     OPT_undef,
                     OPT_ansi,
                     OPT_pthread,
                     OPT_pthreads,
                     OPT_traditional_cpp,
                     OPT_w,
                     OPT_no_canonical_prefixes,
                     OPT_canonical_prefixes,
                     OPT_fcheck_new,
                     OPT_fno_check_new,
                     OPT_ffinite_math_only,
                     OPT_fno_finite_math_only,
                     OPT_fcx_limited_range,
                     OPT_fno_cx_limited_range,
                     OPT_fno_unsigned_char,
                     OPT_ObjCXX,
                     OPT_ObjC,
                     OPT_fsystem_module});
}

/// Flags that name no file, and whose only work is to have one written. Nothing would be written:
/// the frontend is told of none, and a worker may not; they are left out so that nobody tries.
bool asksForOutput(const Option &O) {
  return isOneOf(O, {OPT_fmodule_output, OPT_fsave_optimization_record, OPT_ftime_trace,
                     OPT_fstack_usage, OPT_fproc_stat_report, OPT_ftest_coverage, OPT_coverage,
                     OPT_fprofile_arcs, OPT_save_temps_EQ, OPT_emit_ast});
}

class Filter {
public:
  explicit Filter(AllowedFlags &Into) : Into(Into) {}

  void command(ArrayRef<std::string> Command) {
    IsCl = is_contained(Command, "--driver-mode=cl");
    if (!Command.empty())
      Into.Arguments.push_back(Command.front());
    filter(Command.drop_front(Command.empty() ? 0 : 1), Place::Driver);
    if (!Frontend.empty())
      filter(std::exchange(Frontend, {}), Place::Frontend);
    // A configuration that lies where the compiler seems to lie says nothing here; of a unit for
    // the graphics card the part that runs on the host is looked at.
    add("--no-default-config");
    if (IsOffloading)
      add("--offload-host-only");
    if (!Files.empty())
      add("--");
    append_range(Into.Arguments, Files);
  }

private:
  unsigned visible(Place P) const {
    if (P == Place::Frontend)
      return CC1Option;
    return IsCl ? unsigned(CLOption) : unsigned(ClangOption);
  }

  void filter(ArrayRef<std::string> Texts, Place P) {
    std::vector<const char *> Raw;
    for (const std::string &Text : Texts)
      Raw.push_back(Text.c_str());
    unsigned Index = 0, Missing = 0;
    InputArgList Args =
        clang::getDriverOptTable().ParseArgs(Raw, Index, Missing, Visibility(visible(P)));
    if (Missing && P == Place::Driver)
      Into.Failure = "argument to '" + Texts[Index] + "' is missing";
    noteTarget(Args);
    for (const Arg *A : Args)
      take(*A, Args, P);
  }

  /// Which graphics card there is would be asked of a program.
  void noteTarget(const ArgList &Args) {
    for (const Arg *A : Args) {
      if (A->getOption().matches(OPT_target)) {
        Triple T(A->getValue());
        IsForGpu = T.isGPU() || T.isSPIRV();
      } else if (A->getOption().matches(OPT_x)) {
        StringRef Language = A->getValue();
        IsOffloading |= Language.starts_with("cuda") || Language.starts_with("hip");
      } else if (A->getOption().getKind() == Option::InputClass) {
        StringRef File = A->getValue();
        IsOffloading |= File.ends_with(".cu") || File.ends_with(".hip");
      }
    }
  }

  void take(const Arg &A, const ArgList &Args, Place P) {
    const Option &O = A.getOption();
    if (O.matches(OPT_Xclang)) {
      if (P == Place::Driver)
        Frontend.push_back(A.getValue());
      return;
    }
    if (isOneOf(O, {OPT_Wp_COMMA, OPT_Xpreprocessor})) {
      if (P == Place::Driver)
        filter(std::vector<std::string>(A.getValues().begin(), A.getValues().end()),
               Place::Preprocessor);
      return;
    }
    if (O.matches(OPT__DASH_DASH)) {
      if (P == Place::Driver)
        Files.assign(A.getValues().begin(), A.getValues().end());
    } else if (O.getKind() == Option::InputClass) {
      // Of a list of options the files would be those that are written.
      if (P == Place::Driver)
        keep(A, Args, P);
    } else if (O.getKind() == Option::UnknownClass) {
      // The driver says what it does not know.
      if (P == Place::Driver)
        keep(A, Args, P);
      else
        leaveOut(A, Args, P);
    } else if (mayPass(A, P)) {
      keep(A, Args, P);
    } else if (!isBesideThePoint(O) || isNever(O)) {
      leaveOut(A, Args, P);
    }
  }

  bool mayPass(const Arg &A, Place P) const {
    const Option &O = A.getOption();
    if (asksForOutput(O))
      return false;
    if (O.matches(OPT_driver_mode) || isOneOf(O, {OPT_cuda_path_EQ, OPT_rocm_path_EQ}))
      return P == Place::Driver;
    if (isNever(O))
      return false;
    if (IsForGpu && isOneOf(O, {OPT_mcpu_EQ, OPT_march_EQ}))
      return StringRef(A.getValue()) != "native";
    // Everything that clang-cl has of its own is in its groups; outputs (/Fo, /Fd) are not among
    // what only concerns compiling.
    if (IsCl && O.matches(OPT_cl_compile_Group) && !O.matches(OPT__SLASH_M_Group))
      return true;
    return takesValue(O) ? mayPassWithValue(O) : mayPassAlone(O);
  }

  void keep(const Arg &A, const ArgList &Args, Place P) {
    ArgStringList Texts;
    A.render(Args, Texts);
    for (const char *Text : Texts) {
      if (P == Place::Frontend)
        add("-Xclang");
      add(Text);
    }
  }

  void add(StringRef Text) { Into.Arguments.push_back(Text.str()); }

  void leaveOut(const Arg &A, const ArgList &Args, Place P) {
    std::string Text = A.getAsString(Args);
    if (P == Place::Frontend)
      Text = "-Xclang " + Text;
    if (!is_contained(Into.LeftOut, Text))
      Into.LeftOut.push_back(std::move(Text));
  }

  AllowedFlags &Into;
  std::vector<std::string> Frontend; ///< values of -Xclang
  std::vector<std::string> Files;    ///< behind `--`
  bool IsCl = false, IsForGpu = false, IsOffloading = false;
};

} // namespace

AllowedFlags allowedFlags(ArrayRef<std::string> Command) {
  AllowedFlags Result;
  Filter(Result).command(Command);
  return Result;
}

} // namespace corolint
