//! Finds the end of reported content: the end of the sentence, unless the reporter's own words resume earlier.

use super::report_context::ReportContext;
use crate::lexicon::lists;
use crate::quote::cue::CueForm;
use crate::word_class::WordClass;
use std::ops::Range;

/// Returns the index after the last token of the content that begins at token `start`.
pub(super) fn end(context: &ReportContext<'_>, start: usize) -> usize {
    let mut depth = 0_usize;
    let mut index = start;
    let mut last_break = None;
    while index < context.limit {
        if let Some(quotation) = context.masked.quotation_at(index) {
            if let Some(earlier) = last_break.filter(|at| has_other_speaker(context, quotation, *at)) {
                return earlier;
            }
            index = context.masked.after(index);
            continue;
        }
        match context.word(index) {
            "(" | "[" => depth += 1,
            ")" | "]" if depth == 0 => return index,
            ")" | "]" => depth -= 1,
            ":" if context.masked.quotation_at(index + 1).is_some() => return index,
            _ if depth == 0 && index > start && reporter_resumes(context, start, index) => return index,
            "," | "and" | "but" | "while" | "although" | "though" if depth == 0 && context.has_finite(start..index) => {
                last_break = Some(index);
            }
            _ => {}
        }
        index += 1;
    }
    context.limit
}

/// Returns whether another cue after token `from` attributes `quotation`.
fn has_other_speaker(context: &ReportContext<'_>, quotation: usize, from: usize) -> bool {
    let cue = context.attributed.get(quotation).and_then(Option::as_ref).and_then(|found| found.cue.as_ref());
    cue.is_some_and(|cue| cue.start > from && cue.start < context.limit && *cue != context.cue.tokens)
}

/// Returns whether the reporter's own words resume at token `index`, which must be a comma, a dash, a conjunction or
/// "according".
fn reporter_resumes(context: &ReportContext<'_>, start: usize, index: usize) -> bool {
    match context.word(index) {
        "according" if context.word(index + 1) == "to" => context.has_finite(start..index),
        "," => after_comma(context, start, index + 1),
        "—" | "–" | "--" => after_dash(context, start, index + 1),
        ";" => begins_cue(context, index + 1),
        "while" => context.has_finite(start..index) && resumes_at_while(context, index + 1),
        _ if context.class(index) == WordClass::Conjunction => after_conjunction(context, start, index + 1),
        _ => false,
    }
}

/// Returns whether the noun phrase at `at` is the reporter's comment on the statement, as in "a claim that the mayor
/// denies".
fn is_comment(context: &ReportContext<'_>, at: usize) -> bool {
    let Some(phrase) = context.analysis.clauses.phrases.starting_at(at) else { return false };
    let phrase = &context.analysis.clauses.phrases.all()[phrase];
    let article = matches!(context.word(at), "a" | "an");
    // An ordinal expresses the reporter's own judgement, as in "the first time it has done so".
    let ranked = context.word(at) == "the" && lists::RANKS.contains(context.word(at + 1));
    let continues = matches!(context.word(phrase.tokens.end), "," | "and" | "or") || context.is_subject_of_verb(phrase);
    (article || ranked) && lists::COMMENTS.contains(context.word(phrase.head)) && !continues
}

/// Returns whether the main clause begins at `at`. The report is then part of the subordinate clause that opens the
/// sentence, as in "When Ode said she would come, he left".
fn is_main_clause(context: &ReportContext<'_>, at: usize) -> bool {
    let subject = context.cue.extent.start;
    let opener = context.masked.before(subject).filter(|opener| *opener >= context.analysis.sentence.tokens.start);
    let fronted = opener.is_some_and(|opener| {
        // "Had Ode said it was late, he would have left" begins with a condition.
        let inverted = opener == context.analysis.sentence.tokens.start
            && lists::INVERTED_CONDITIONS.contains(context.masked.word(opener));
        inverted || lists::CLAUSE_OPENERS.contains_any_case(context.word(opener)) && is_fronted(context, opener)
    });
    fronted && (context.analysis.clauses.opens_clause(at) || context.class(at + 1).is_finite())
}

/// Returns whether the clause that the word at `opener` begins comes before its main clause. Only a conjunction and
/// phrases without a verb may precede it, as in "And, after all, while Ode said".
fn is_fronted(context: &ReportContext<'_>, opener: usize) -> bool {
    (context.analysis.sentence.tokens.start..opener)
        .all(|index| !context.masked.class(index).is_verb() && context.masked.quotation_at(index).is_none())
}

fn after_comma(context: &ReportContext<'_>, start: usize, at: usize) -> bool {
    if context.masked.quotation_at(at).is_some() {
        return true;
    }
    let whole = context.has_finite(start..at);
    if context.word(at) == "according" {
        return whole;
    }
    if context.word(at) == "while" && resumes_at_while(context, at + 1) {
        return true;
    }
    if lists::CONTRASTS.contains(context.word(at)) {
        return whole && (context.word(at) != "but" || is_contrast(context, start, at));
    }
    if whole && context.class(at) == WordClass::Wh && begins_cue(context, at + 1) {
        return true;
    }
    // An infinitive is whole without a finite verb: "asked them to wait, a request that many ignored".
    let infinitive = (start..at).any(|index| context.class(index) == WordClass::VerbBase);
    if (whole || infinitive) && is_comment(context, at) || whole && is_main_clause(context, at) {
        return true;
    }
    match context.class(at) {
        WordClass::VerbGerund => context.is_reporting(at),
        WordClass::Conjunction => after_conjunction(context, start, at + 1),
        WordClass::VerbPast | WordClass::VerbParticiple if context.class(start) == WordClass::To => true,
        // In "Ode, citing a lack of funds, said", the finite verb belongs to the subject of the participle.
        WordClass::VerbPast | WordClass::Modal => whole || context.cue.form == CueForm::Participle,
        WordClass::VerbPresent => whole && !context.is_bare(at),
        _ => begins_cue(context, at),
    }
}

/// Returns whether the reporter's words resume at the "but" at `at`, because a clause with its own subject follows. In
/// "said the vote was fair, but close" and "but will be costly", the statement goes on.
fn is_contrast(context: &ReportContext<'_>, start: usize, at: usize) -> bool {
    let next = at + 1;
    let subject = context.analysis.clauses.phrases.starting_at(next).is_some();
    let comma = (next..context.limit).find(|index| context.word(*index) == ",").unwrap_or(context.limit);
    let is_verb = |index| context.class(index).is_finite() || context.class(index) == WordClass::VerbParticiple;
    subject && (next..comma).any(is_verb) || after_conjunction(context, start, next)
}

/// Returns whether the dash at `at` closes a parenthetical around the cue, or the reporter's sentence continues after
/// it.
fn after_dash(context: &ReportContext<'_>, start: usize, at: usize) -> bool {
    let opened = (context.analysis.sentence.tokens.start..start)
        .any(|index| matches!(context.masked.word(index), "—" | "–" | "--"));
    let comment = is_comment(context, at);
    opened
        || comment
        || context.class(at).is_finite()
        || begins_cue(context, at)
        || context.class(at) == WordClass::VerbGerund
}

/// Returns whether the conjunction at `at` continues the reporter's clause with the same subject, as in "and added" or
/// "but said".
fn after_conjunction(context: &ReportContext<'_>, start: usize, mut at: usize) -> bool {
    if begins_cue(context, at) {
        return true;
    }
    while context.class(at) == WordClass::Adverb {
        at += 1;
    }
    let cue = context.masked.class(context.cue.tokens.start);
    // Two parallel verbs are both the reporter's, as in "says it is over and says he is glad" or "urging them to wait
    // and promising help".
    let parallel = context.class(at) == cue && matches!(cue, WordClass::VerbPresent | WordClass::VerbGerund);
    if parallel && context.is_reporting(at) && context.class(start) != WordClass::VerbGerund {
        return true;
    }
    let past = matches!(context.class(at), WordClass::VerbPast | WordClass::VerbParticiple);
    // In "said the heat and unsettled weather would last", "unsettled" describes the weather.
    if past && context.class(at + 1).is_noun() && !context.has_finite(start..at) && !context.is_reporting(at) {
        return false;
    }
    // After a present tense, "would" belongs to the reporter, as in "said she has no plans and would not say more".
    let inside = (start..at).map(|index| context.class(index)).filter(|class| class.is_finite());
    let present = inside.clone().count() > 0 && inside.clone().all(|class| class == WordClass::VerbPresent);
    if present && lists::PAST_MODALS.contains(context.word(at)) {
        return context.masked.class(context.cue.tokens.start) == WordClass::VerbPast;
    }
    // Content that is a noun phrase has no verb to be coordinated with, as in "denies the charge and was released".
    if (past || context.class(at).is_finite()) && !context.has_finite(start..at) {
        return true;
    }
    if !past || context.masked.class(context.cue.tokens.start) != WordClass::VerbPast {
        return false;
    }
    // After a present tense, a past tense belongs to the reporter, as in "said she likes it and praised him".
    let finite =
        (start..at).filter(|index| context.class(*index).is_finite()).map(|index| context.class(index)).next_back();
    context.is_reporting(at) || context.class(at) == WordClass::VerbPast && finite != Some(WordClass::VerbPast)
}

/// Returns whether the reporter's own clause follows the "while" before token `at`, as in "while acknowledging that" or
/// "while others said".
fn resumes_at_while(context: &ReportContext<'_>, at: usize) -> bool {
    let reports = context.class(at) == WordClass::VerbGerund && context.is_reporting(at);
    reports && context.class(at + 1) != WordClass::Preposition || begins_cue(context, at)
}

/// Returns whether another cue with its speaker begins at token `at`.
fn begins_cue(context: &ReportContext<'_>, at: usize) -> bool {
    context.analysis.cues.iter().skip(context.index + 1).any(|cue| {
        let near = cue.speaker.as_ref().is_some_and(|speaker| {
            let gap = speaker.tokens.end..cue.tokens.start;
            let plain = gap.len() <= 3 || gap.clone().all(|index| is_modifier_of_subject(context, index));
            plain && speaker.tokens.start <= cue.tokens.end + 1
        });
        cue.extent.start == at
            && near
            && context.class(cue.tokens.start).is_finite()
            && matches!(cue.form, CueForm::SubjectFirst | CueForm::Inverted)
    })
}

/// Returns whether the word at `at` can be part of a modifier after the subject, such as "familiar with her thinking".
fn is_modifier_of_subject(context: &ReportContext<'_>, at: usize) -> bool {
    !context.class(at).is_finite() && !matches!(context.class(at), WordClass::Mark | WordClass::Subordinator)
}

/// Returns the first token of the content that ends before a cue. Words before a single dash or a semicolon are left
/// out.
pub(super) fn start(context: &ReportContext<'_>, tokens: Range<usize>) -> usize {
    let outside = |index: &usize| context.masked.quotation_at(*index).is_none();
    let is_dash = |index: &usize| matches!(context.masked.word(*index), "—" | "–" | "--");
    let mut dashes = tokens.clone().filter(|index| outside(index) && is_dash(index));
    let dash = dashes.next().filter(|_| dashes.next().is_none());
    let semicolon = tokens.clone().rev().find(|index| outside(index) && context.masked.word(*index) == ";");
    dash.max(semicolon).map_or(tokens.start, |mark| mark + 1)
}
