//===- TaskAsValue.cpp - Tasks that are used instead of their results -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/TaskAsValue.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/tasks/Lost.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Protocol.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isNullPointer(const Expr *E) {
  return bare(E)->getType()->isNullPtrType();
}

/// The declaration as it is written: of a template's instantiation, the template's.
const FunctionDecl &asWritten(const FunctionDecl &F) {
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
  return Pattern ? *Pattern : F;
}

/// `template <class T> … operator<<(S &, const T &)`: whoever wrote it had no task in mind.
bool takesAnything(const FunctionDecl &F, unsigned Parameter) {
  const FunctionDecl &Written = asWritten(F);
  return Parameter < Written.getNumParams() &&
         Written.getParamDecl(Parameter)->getType().getNonReferenceType()->isTemplateTypeParmType();
}

bool isOutputStream(QualType T) {
  const CXXRecordDecl *C = definitionOf(T.getNonReferenceType()->getAsCXXRecordDecl());
  auto Is = [](const CXXRecordDecl *Class) { return plainName(*Class) == "std::basic_ostream"; };
  bool Found = C && Is(C);
  if (C && !Found)
    C->forallBases([&](const CXXRecordDecl *Base) {
      Found |= Is(Base);
      return true;
    });
  return Found;
}

/// A format string that is checked at compile time: its class names the types of what is formatted.
bool isFormatFor(QualType Parameter, const CXXRecordDecl &Task) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Parameter.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Spec)
    return false;
  auto Names = [&](const TemplateArgument &A) {
    if (A.getKind() != TemplateArgument::Type)
      return false;
    const CXXRecordDecl *C = A.getAsType().getNonReferenceType()->getAsCXXRecordDecl();
    return C && C->getCanonicalDecl() == Task.getCanonicalDecl();
  };
  return llvm::any_of(Spec->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Pack ? llvm::any_of(A.pack_elements(), Names)
                                                 : Names(A);
  });
}

class ValueFinder {
public:
  ValueFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  std::vector<TaskAsValue> run() {
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      see(S);
      return true;
    });
    return std::move(Found);
  }

private:
  /// Where the value of an expression goes, as whatever is around it said before.
  struct Context {
    TaskAsValue::Way How = TaskAsValue::Condition;
    const Expr *Other = nullptr; ///< of Compared
    bool Explicit = false;       ///< somebody wrote the conversion
    QualType Into{};
  };

  void see(const Stmt &S) {
    if (const auto *If = dyn_cast<IfStmt>(&S))
      decides(If->getCond());
    else if (const auto *While = dyn_cast<WhileStmt>(&S))
      decides(While->getCond());
    else if (const auto *Do = dyn_cast<DoStmt>(&S))
      decides(Do->getCond());
    else if (const auto *For = dyn_cast<ForStmt>(&S))
      decides(For->getCond());
    else if (const auto *Choice = dyn_cast<ConditionalOperator>(&S))
      decides(Choice->getCond());
    else if (const auto *Unary = dyn_cast<UnaryOperator>(&S);
             Unary && Unary->getOpcode() == UO_LNot)
      decides(Unary->getSubExpr());
    else if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
      operation(*Binary);
    else if (const auto *Cast = dyn_cast<CastExpr>(&S))
      cast(*Cast);
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S))
      overloaded(*Operator);
    else if (const auto *Called = dyn_cast<CallExpr>(&S))
      call(*Called);
  }

  void decides(const Expr *Condition) {
    if (Condition)
      Contexts.try_emplace(bare(Condition), Context{TaskAsValue::Condition});
  }

  void operation(const BinaryOperator &Binary) {
    if (Binary.isLogicalOp()) {
      decides(Binary.getLHS());
      decides(Binary.getRHS());
    } else if (Binary.isComparisonOp()) {
      for (auto [One, Other] : {std::pair(Binary.getLHS(), Binary.getRHS()),
                                std::pair(Binary.getRHS(), Binary.getLHS())})
        Contexts.try_emplace(bare(One), Context{TaskAsValue::Compared, Other});
    }
  }

  /// `static_cast<bool>(f())` is a condition where it stands in the place of one: `assert(f())`.
  void cast(const CastExpr &Cast) {
    const Expr *Inner = bare(Cast.getSubExpr());
    if (isa<ExplicitCastExpr>(Cast)) {
      auto Around = Contexts.find(bare(&Cast));
      Context Of = Around == Contexts.end() ? Context{TaskAsValue::Converted} : Around->second;
      Of.Explicit = Around == Contexts.end();
      Contexts.try_emplace(Inner, Of);
    } else if (Cast.getType()->isArithmeticType()) {
      // The outermost one says what it becomes in the end.
      Context Of{TaskAsValue::Converted};
      Of.Into = Cast.getType();
      Contexts.try_emplace(Inner, Of);
    }
  }

  void overloaded(const CXXOperatorCallExpr &Operator) {
    const FunctionDecl *By = Operator.getDirectCallee();
    if (!By || Operator.getNumArgs() != 2)
      return;
    const Expr *Left = Operator.getArg(0), *Right = Operator.getArg(1);
    // The object of a member is no parameter.
    const unsigned Object = isa<CXXMethodDecl>(By) ? 1 : 0;
    if (Operator.isComparisonOp()) {
      compared(*Left, *Right, *By);
      compared(*Right, *Left, *By);
    } else if (Operator.getOperator() == OO_LessLess && isOutputStream(Left->getType())) {
      Contexts.try_emplace(bare(Right), Context{TaskAsValue::Printed});
      const Expr &Task = *bare(Right);
      if (isTask(*Right) && (isFresh(Task) || takesAnything(*By, 1 - Object)))
        add(TaskAsValue::Printed, Task, By);
    }
  }

  void compared(const Expr &Operand, const Expr &Other, const FunctionDecl &By) {
    if (!isTask(Operand) || isNullPointer(&Other))
      return;
    const Expr &Task = *bare(&Operand);
    const QualType Result = resultOf(Task), With = bare(&Other)->getType().getNonReferenceType();
    if (isFresh(Task) || (!Result.isNull() &&
                          U.context().hasSameUnqualifiedType(Result.getNonReferenceType(), With)))
      add(TaskAsValue::Compared, Task, &By);
    else
      leave(Task, "a kept task is compared with something else than its result");
  }

  /// A conversion of a task, or a function that formats one.
  void call(const CallExpr &Called) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Called);
    if (Member && isa_and_nonnull<CXXConversionDecl>(Member->getMethodDecl()))
      return converted(*Member);
    const FunctionDecl *By = Called.getDirectCallee();
    if (!By)
      return;
    for (const Expr *Arg : Called.arguments()) {
      const Expr &Task = *bare(Arg);
      if (!isFresh(Task) || !isTask(*Arg))
        continue;
      for (auto [I, P] : llvm::enumerate(By->parameters()))
        if (I < Called.getNumArgs() && isa<StringLiteral>(bare(Called.getArg(I))) &&
            isFormatFor(P->getType(), *Task.getType()->getAsCXXRecordDecl()))
          add(TaskAsValue::Formatted, Task, By);
    }
  }

  void converted(const CXXMemberCallExpr &Conversion) {
    const Expr &Task = *bare(Conversion.getImplicitObjectArgument());
    if (!Conversion.getType()->isArithmeticType() || !isTask(Task))
      return;
    auto Around = Contexts.find(&Task);
    if (Around == Contexts.end() || Around->second.Explicit)
      return leave(Task, "the conversion of the task is written: it asks the task");
    const Context &Of = Around->second;
    const FunctionDecl *By = Conversion.getMethodDecl();
    const QualType Result = resultOf(Task);
    const bool HasValue = !Result.isNull() && Result.getNonReferenceType()->isArithmeticType();
    switch (Of.How) {
    case TaskAsValue::Condition:
      if (!isFresh(Task))
        return leave(Task, "a kept task is asked whether it is one");
      return add(Of.How, Task, By);
    case TaskAsValue::Compared:
      if (!isFresh(Task) &&
          (!HasValue || bare(Of.Other)->getType()->isBooleanType() || isNullPointer(Of.Other)))
        return leave(Task, "a kept task is asked whether it is one");
      return add(Of.How, Task, By);
    case TaskAsValue::Printed:
      return add(Of.How, Task, By);
    case TaskAsValue::Converted:
      if (!isFresh(Task) || !HasValue)
        return leave(Task, "the task becomes a bool: that there is one may be meant");
      return add(Of.How, Task, By, Of.Into);
    case TaskAsValue::Formatted:
      llvm_unreachable("nothing is formatted by a conversion");
    }
  }

  /// It was made by this very expression.
  static bool isFresh(const Expr &E) { return makesValue(E) && E.isPRValue(); }

  /// As it stands there, and not what it is converted to.
  bool isTask(const Expr &E) {
    if (!E.getType().getNonReferenceType()->isRecordType())
      return false;
    const TaskType T = U.get<TaskTypes>().ofValue(*bare(&E));
    return T.isTask() && !mayDiscard(*bare(&E), T, U);
  }

  /// What awaiting gives, or what its coroutines return, where the operator was never instantiated.
  QualType resultOf(const Expr &Task) {
    const CXXRecordDecl &C = *Task.getType()->getAsCXXRecordDecl();
    if (QualType Given = U.get<TaskTypes>().resultOf(C); !Given.isNull())
      return Given;
    TemplateArguments Args;
    const CXXRecordDecl *Promise = U.get<TaskTypes>().promiseOf(C);
    const FunctionDecl *Return =
        Promise ? memberFunction(*Promise, U.context(), "return_value", &Args) : nullptr;
    if (!Return || Return->getNumParams() != 1)
      return {};
    const QualType Value = substituted(Return->getParamDecl(0)->getType(), Args);
    return Value.isNull() || Value->isDependentType() ? QualType() : Value;
  }

  void add(TaskAsValue::Way How, const Expr &Task, const FunctionDecl *By, QualType Into = {}) {
    const VarDecl *In = variableIn(&Task);
    if (!isFresh(Task)) {
      // What an assertion of a framework compares is what its user gave it.
      if (!In || F.isTemplateInstantiation())
        return;
    } else if (isExpectedToFail(Task, F, U)) {
      return leave(Task, "a test expects that this throws, or ends its process");
    }
    Found.push_back({How, &Task, U.get<TaskTypes>().ofValue(Task), isFresh(Task) ? nullptr : In, By,
                     resultOf(Task), Into});
  }

  void leave(const Expr &Task, llvm::StringRef Why) const {
    U.leave(Task.getExprLoc(), [&] { return Why.str(); });
  }

  const FunctionDecl &F;
  Unit &U;
  llvm::DenseMap<const Expr *, Context> Contexts;
  std::vector<TaskAsValue> Found;
};

} // namespace

std::vector<TaskAsValue> tasksAsValues(const FunctionDecl &F, Unit &U) {
  return ValueFinder(F, U).run();
}

} // namespace corolint::model
