"""corolint as an aspect: each C++ target is linted with the flags that Bazel compiles it with.

In a .bzl file of the project:

    load("@corolint//:corolint.bzl", "corolint_aspect")
    corolint = corolint_aspect(options = ["--profile=strict"])

and in .bazelrc, where that file is tools/lint.bzl:

    build:corolint --aspects=//tools:lint.bzl%corolint --output_groups=corolint

`bazel build --config=corolint //...` then fails where there are findings, or where something could not be
analysed, and looks again only at what has changed. Nothing is compiled. A target with the tag `no-corolint`
is left out.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

_SOURCES = ["cc", "cpp", "cxx", "c++", "C", "cppm", "ccm", "cxxm", "ixx"]
_HEADERS = ["h", "hh", "hpp", "hxx", "h++", "inl", "ipp", "tpp", "txx"]

def _files_of(rule, names, extensions):
    return [
        file
        for name in names
        for target in getattr(rule.attr, name, [])
        for file in target.files.to_list()
        if file.extension in extensions and file.is_source
    ]

def _flags_of(ctx, target):
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    compilation = target[CcInfo].compilation_context
    copts = [ctx.expand_make_variables("copts", flag, {}) for flag in getattr(ctx.rule.attr, "copts", [])]
    local = [ctx.expand_make_variables("local_defines", name, {}) for name in getattr(ctx.rule.attr, "local_defines", [])]

    # What a rule names in `includes` is a system's folder for Bazel. Nothing is reported in those: the
    # workspace's own are none.
    system = depset(transitive = [compilation.system_includes, compilation.framework_includes]).to_list()
    ours = [folder for folder in system if "external/" not in folder]
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = ctx.fragments.cpp.copts + ctx.fragments.cpp.cxxopts + copts,
        include_directories = depset(ours, transitive = [compilation.includes]),
        quote_include_directories = compilation.quote_includes,
        system_include_directories = depset([folder for folder in system if folder not in ours]),
        preprocessor_defines = depset(local, transitive = [compilation.defines]),
    )
    flags = cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = CPP_COMPILE_ACTION_NAME,
        variables = variables,
    )
    return toolchain, flags

def _corolint_impl(target, ctx):
    if CcInfo not in target or "no-corolint" in ctx.rule.attr.tags:
        return []
    sources = _files_of(ctx.rule, ["srcs"], _SOURCES)
    headers = _files_of(ctx.rule, ["hdrs", "srcs", "textual_hdrs"], _HEADERS)
    if not sources and not headers:
        return []
    toolchain, flags = _flags_of(ctx, target)
    report = ctx.actions.declare_file(target.label.name + ".corolint.txt")
    arguments = ctx.actions.args()
    arguments.add(report)
    arguments.add(ctx.attr._command)
    arguments.add("--quiet")
    arguments.add_all(ctx.attr._options)
    arguments.add_all(sources + headers)
    arguments.add("--")
    arguments.add_all(flags)
    ctx.actions.run(
        executable = ctx.executable._lint,
        mnemonic = "Corolint",
        progress_message = "Linting %s" % target.label,
        outputs = [report],
        inputs = depset(
            sources + headers + ctx.files._configuration,
            transitive = [target[CcInfo].compilation_context.headers, toolchain.all_files],
        ),
        arguments = [arguments],
        use_default_shell_env = True,
    )
    return [OutputGroupInfo(corolint = depset([report]))]

def corolint_aspect(command = "corolint", options = [], configuration = []):
    """An aspect that lints.

    Args:
      command: the command, by a path, or by a name that is in the PATH of actions.
      options: given on to the command.
      configuration: labels of .clang-tidy, .corolint.yaml, and of what these name: actions see no other files.
          Those of your workspace begin with "@//".

    Returns:
      the aspect, to be a global of a .bzl file.
    """
    return aspect(
        implementation = _corolint_impl,
        attr_aspects = ["deps"],
        attrs = {
            "_command": attr.string(default = command, values = [command]),
            "_options": attr.string_list(default = options),
            "_configuration": attr.label_list(default = configuration, allow_files = True),
            "_lint": attr.label(default = Label("//:lint.sh"), executable = True, cfg = "host", allow_single_file = True),
            "_cc_toolchain": attr.label(default = Label("@bazel_tools//tools/cpp:current_cc_toolchain")),
        },
        fragments = ["cpp"],
        toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
    )
