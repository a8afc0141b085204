// hierarchy.h: what the files of declarations share about classes.
//
// hierarchy.c resolves superclasses, mixins and interfaces and looks members
// up; hierarchy_check.c and hierarchy_rule.c report what breaks the rules.
//
// Owner:     the Sema's arena.
// Threads:   one.
// Allocates: from the arena; maps by memory.h.
// Fails:     by diagnostics.
#ifndef ISLE_SEMA_HIERARCHY_H
#define ISLE_SEMA_HIERARCHY_H

#include "sema/declare.h"

// The direct superinterfaces as types in terms of c's parameters: superclass
// (below the mixins), mixins, interfaces, `on` types; of a mixin application,
// what its mixin asks for.
void il_hierarchy_direct_supers(ClassElement *c, TypeIds *out);
// Names of all members of the interface of c, each key once: Name*2+setter.
typedef IL_VEC(uint64_t) MemberKeys;
void il_hierarchy_all_members(ClassElement *c, MemberKeys *out);
// The members with this name that c inherits from its direct superinterfaces,
// each once.
void il_hierarchy_candidates(ClassElement *c, Name name, bool setter,
                             Functions *out);
// The one whose type, seen from c, is a subtype of all others'; the first when
// there is none (*agree, if given, is false then); NULL of an empty list.
FunctionElement *il_hierarchy_choose(ClassElement *c, const Functions *list,
                                     bool *agree);
// Is this member one that a concrete class has (not abstract)?
bool il_hierarchy_is_concrete(const FunctionElement *f);
// The constructor that a generative constructor calls of its superclass, when
// it does not redirect; NULL: there is none of that name.
FunctionElement *il_declare_super_constructor(Sema *sema, FunctionElement *f);

// Reports what is wrong with the classes of a library: supertypes and
// modifiers (hierarchy_rule.c), members (hierarchy_check.c), constructors
// (hierarchy_constructor.c).
void il_hierarchy_check_rules(Sema *sema, ClassElement *c);
void il_hierarchy_check_members(Sema *sema, ClassElement *c);
void il_hierarchy_check_constructors(Sema *sema, ClassElement *c);
// What concerns no class: exports that clash, top-level functions, typedefs.
void il_hierarchy_check_library(Sema *sema, Library *library);

#endif
