//===- Report.h - A run as one page for a browser --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_HTML_REPORT_H
#define COROLINT_DRIVER_HTML_REPORT_H

#include "base/Embedded.h"
#include <string>

namespace corolint {

/// The style and the program of the page: assets/.
llvm::ArrayRef<EmbeddedFile> embeddedAssets();

/// Why a report must not be written to this file: something else is there. Empty: it may.
std::string whyNoReportGoesTo(llvm::StringRef Path);

} // namespace corolint

#endif // COROLINT_DRIVER_HTML_REPORT_H
