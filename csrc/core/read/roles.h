/* What a phrase can be to the report reader. The phrases themselves are data: those of a rating framework come from its
 * file, those of form (headings, cover lines, cues in prose) from another. */
#ifndef PJ_READ_ROLES_H
#define PJ_READ_ROLES_H

#define PJ_ROLES(PJ_F)                                                                                                 \
    /* of a framework */                                                                                               \
    PJ_F(rating)           /* a word of the scale; value: its code */                                                  \
    PJ_F(title)            /* a standard's title */                                                                    \
    PJ_F(statement)        /* the sentence that states a standard */                                                   \
    PJ_F(question)         /* a key question, whole */                                                                 \
    PJ_F(lead)             /* its first part, when the rest stands in fragments */                                     \
    PJ_F(fragment)         /* such a rest */                                                                           \
    PJ_F(domain)           /* a domain's heading; value: the character of its code */                                  \
    PJ_F(subject)          /* how prose names a standard */                                                            \
    PJ_F(inspection_title) /* how a youth inspection is called on a cover */                                           \
    PJ_F(mark)             /* evidence for the framework; value: its weight */                                         \
    /* of form */                                                                                                      \
    PJ_F(other_title)  /* the cover of a document of another kind */                                                   \
    PJ_F(service_type) /* "youth justice service", "YOT" */                                                            \
    PJ_F(authority)    /* "council" */                                                                                 \
    PJ_F(section)      /* a report's section; value: one of pj_section_kind */                                         \
    PJ_F(overall_label)                                                                                                \
    PJ_F(form_label) /* table furniture: "Rating", "Back to top" */                                                    \
    PJ_F(out_of)     /* between a total and its maximum */                                                             \
    PJ_F(score_label)                                                                                                  \
    PJ_F(furniture) /* starts a running header or footer */                                                            \
    PJ_F(fieldwork)                                                                                                    \
    PJ_F(published)                                                                                                    \
    PJ_F(signatory)    /* under whose name the date of a foreword stands */                                            \
    PJ_F(inspectorate) /* after whose name the date of a cover stands */                                               \
    PJ_F(looked_at)    /* before the size of a sample */                                                               \
    PJ_F(counted)      /* tells the domain of what was counted; value: its character */                                \
    PJ_F(case_noun)                                                                                                    \
    PJ_F(questions_anchor)                                                                                             \
    PJ_F(pooled_score) /* "done well enough" */                                                                        \
    PJ_F(recommended)  /* "recommendations", after their number */                                                     \
    PJ_F(report_form)  /* stands in reports only */                                                                    \
    PJ_F(news_form)    /* stands in releases, articles and minutes only */                                             \
    PJ_F(rated)        /* a verb or noun that gives a rating: "rated", "rating of" */                                  \
    PJ_F(previous)     /* of an earlier inspection */                                                                  \
    PJ_F(now)          /* of this inspection */                                                                        \
    PJ_F(not_given)    /* a rating that is recited, feared or hoped for */                                             \
    PJ_F(elsewhere)    /* another inspectorate or another sort of service */                                           \
    PJ_F(part)         /* "areas", "standards": a part that is not named */                                            \
    PJ_F(percent_word)                                                                                                 \
    PJ_F(population)                                                                                                   \
    PJ_F(people) /* what a population is counted in */                                                                 \
    PJ_F(hedge)  /* "almost", "around" */

#define PJ_ROLE_MEMBER(name) PJ_ROLE_##name,
typedef enum pj_role {
    PJ_ROLES(PJ_ROLE_MEMBER) PJ_ROLE_COUNT
} pj_role;
#undef PJ_ROLE_MEMBER

typedef enum pj_section_kind {
    PJ_SECTION_PLAIN = 0,
    PJ_SECTION_CONTENTS = 1,
    PJ_SECTION_RATINGS = 2,
    PJ_SECTION_RECOMMENDATIONS = 3,
    PJ_SECTION_END = 4 /* notes and addresses after the text */
} pj_section_kind;

#endif
