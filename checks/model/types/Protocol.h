//===- Protocol.h - How promises and awaiters are written -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The definition of a class is asked for what [dcl.fct.def.coroutine] and [expr.await] ask it: the
// promise type, its initial and final suspension, `await_transform`, `operator co_await`, the
// awaiter. Templates that nobody instantiated are read as they are written.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TYPES_PROTOCOL_H
#define COROLINT_MODEL_TYPES_PROTOCOL_H

#include "ast/Classes.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/TemplateBase.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace corolint::model {

/// `std::coroutine_handle<P>`, also that of the technical specification.
bool isHandleType(clang::QualType T);

/// The first member function of that name in the class and its bases, or null. \p FoundWith gets
/// the arguments that the class it was found in is a specialisation with.
const clang::FunctionDecl *memberFunction(const clang::CXXRecordDecl &C, clang::ASTContext &Context,
                                          llvm::StringRef Name,
                                          TemplateArguments *FoundWith = nullptr);

/// The functions of that name in the class, or in the nearest of its bases that has some.
llvm::SmallVector<const clang::FunctionDecl *, 2>
membersNamed(const clang::CXXRecordDecl &C, clang::ASTContext &Context, llvm::StringRef Name);

/// The body, where we may look at it: outside system headers or not, a promise and an awaiter are
/// read like a declaration. Of what was never instantiated, the template's.
const clang::Stmt *bodyOf(const clang::FunctionDecl &F);
/// The function that this body is written in: its parameters are those that the body names.
const clang::FunctionDecl *bodyOwner(const clang::FunctionDecl &F);

/// The class of what the function returns, read from its body where it says `auto`.
const clang::CXXRecordDecl *resultClass(const clang::FunctionDecl &F,
                                        llvm::ArrayRef<clang::TemplateArgument> Args = {});

/// Whether `co_await` of an awaiter goes on without suspending.
enum class Ready { Always, Never, Sometimes };
Ready readiness(const clang::CXXRecordDecl &Awaiter, clang::ASTContext &Context);

/// It has `await_ready`, `await_suspend` and `await_resume`.
bool isAwaiter(const clang::CXXRecordDecl &C, clang::ASTContext &Context);

/// The operator `co_await` that takes an object of the class: its member, or one of a namespace
/// that the class is in. Null if there is none.
const clang::FunctionDecl *coAwaitOperator(const clang::CXXRecordDecl &C,
                                           clang::ASTContext &Context);

/// All of them: there may be one for lvalues and one for rvalues.
llvm::SmallVector<const clang::FunctionDecl *, 2> coAwaitOperators(const clang::CXXRecordDecl &C,
                                                                   clang::ASTContext &Context);

/// What a promise's `await_transform` says of a class.
enum class Transform {
  None,     ///< there is none: what is an awaiter or has the operator can be awaited
  Takes,    ///< an overload is made for the class
  Anything, ///< a template without constraints takes it
  Other,    ///< there are some, made for others or constrained
};
Transform awaitTransform(const clang::CXXRecordDecl &Promise, const clang::CXXRecordDecl &C,
                         clang::ASTContext &Context);

/// The awaiter of a class: itself, or what its operator `co_await`, or else `await_transform` of
/// the promise (which may be null) makes of it. Null if that is not known.
const clang::CXXRecordDecl *awaiterOf(const clang::CXXRecordDecl &C,
                                      const clang::CXXRecordDecl *Promise,
                                      clang::ASTContext &Context);

/// `await_suspend` of an awaiter that only keeps the handle leaves the coroutine suspended; one
/// that gives it away has it run by somebody else.
bool givesHandleAway(const clang::CXXRecordDecl &Awaiter, clang::ASTContext &Context);

/// The class of the coroutine's promise, or null (dependent code).
const clang::CXXRecordDecl *promiseOf(const clang::FunctionDecl &F);

/// The class that the function returns, by value or through a reference, or null.
const clang::CXXRecordDecl *returnedClass(const clang::FunctionDecl &F);

/// The class's member `promise_type`, or null.
const clang::CXXRecordDecl *promiseMember(const clang::CXXRecordDecl *C,
                                          clang::ASTContext &Context);

/// A class without anything in it, that stands among the parameters of a coroutine to be seen by
/// its type: `coroutine_traits` may select another promise by it.
bool isTag(clang::QualType T);

/// The specialisations of `std::coroutine_traits` for the class, whatever the parameters: those
/// that somebody wrote, partial ones too, and those that were instantiated.
llvm::SmallVector<const clang::CXXRecordDecl *, 4> traitsOf(const clang::CXXRecordDecl &C,
                                                            clang::ASTContext &Context);

/// `std::coroutine_traits<C, …>::promise_type` as somebody specialised it, or null.
const clang::CXXRecordDecl *promiseOfTraits(const clang::CXXRecordDecl &C,
                                            clang::ASTContext &Context);

} // namespace corolint::model

#endif // COROLINT_MODEL_TYPES_PROTOCOL_H
