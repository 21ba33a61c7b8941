//! Determines whether reported words were said. The words are denied after "did not say", "denied saying" or "nobody
//! said", and unreal after "if she said" or "was misquoted as saying".

use super::cue::{Cue, CueForm};
use super::masked_sentence::{MaskedSentence, MaskedSentences};
use super::phrase::is_auxiliary;
use super::subject::Clauses;
use crate::lexicon::lists;
use crate::word_class::WordClass;
use dateline_core::Named;
use serde::{Deserialize, Serialize};

/// Whether a speaker said the reported words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// Words that the speaker said.
    #[default]
    Said,
    /// Words that the speaker did not say, or whose truth the speaker denied, as in "did not say" or "denied that".
    Denied,
    /// Words that are a condition, a wish or an invention, as in "if she said" or "was misquoted as saying".
    Unreal,
}

impl Named for Polarity {
    fn name(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Denied => "denied",
            Self::Unreal => "unreal",
        }
    }
}

/// Returns the polarity of a statement reported by `cue`. A verb of denial denies its statement, as in "denied that it
/// rained".
#[must_use]
pub(crate) fn of_statement(
    masked: &MaskedSentences<'_>,
    sentence: &MaskedSentence,
    clauses: &Clauses<'_>,
    cue: &Cue,
) -> Polarity {
    let denial = lists::DENIALS.contains(masked.word(cue.tokens.start));
    match (of(masked, sentence, clauses, cue), denial) {
        (Polarity::Said, true) => Polarity::Denied,
        (Polarity::Denied, true) => Polarity::Unreal,
        (found, _) => found,
    }
}

/// Returns the polarity of an utterance reported by `cue`.
#[must_use]
pub(crate) fn of(
    masked: &MaskedSentences<'_>,
    sentence: &MaskedSentence,
    clauses: &Clauses<'_>,
    cue: &Cue,
) -> Polarity {
    let context = Context { masked, sentence, clauses };
    if matches!(cue.form, CueForm::Phrase | CueForm::Noun) {
        return Polarity::Said;
    }
    let group = context.verb_group(cue.tokens.start);
    let matrix = if cue.form == CueForm::SubjectFirst { context.of_matrix(cue, &group) } else { Polarity::Said };
    let found = [group.polarity(), context.of_governor(&group), context.of_subject(cue), matrix];
    found.into_iter().find(|found| *found != Polarity::Said).unwrap_or_default()
}

/// Auxiliaries, adverbs and negations before a verb.
struct VerbGroup {
    /// Index of the token before the verb group.
    before: Option<usize>,
    /// Index of the first token of the verb group.
    start: usize,
    negated: bool,
    /// Whether a modal makes the verb only a possibility, as in "might say" or "would have said".
    possible: bool,
}

impl VerbGroup {
    const fn polarity(&self) -> Polarity {
        match (self.negated, self.possible) {
            (true, _) => Polarity::Denied,
            (_, true) => Polarity::Unreal,
            _ => Polarity::Said,
        }
    }
}

/// Sentence whose cues are examined.
struct Context<'a> {
    masked: &'a MaskedSentences<'a>,
    sentence: &'a MaskedSentence,
    clauses: &'a Clauses<'a>,
}

impl Context<'_> {
    fn before(&self, index: usize) -> Option<usize> {
        self.masked.before(index).filter(|before| *before >= self.sentence.tokens.start)
    }

    /// Returns the word at a token outside quotations, or an empty string for `None` or a token inside a quotation.
    fn word(&self, index: Option<usize>) -> &str {
        index.filter(|index| self.masked.quotation_at(*index).is_none()).map_or("", |index| self.masked.word(index))
    }

    fn verb_group(&self, verb: usize) -> VerbGroup {
        let mut group = VerbGroup { before: None, start: verb, negated: false, possible: false };
        let (mut have, mut modal, mut limited) = (false, "", false);
        let mut at = self.before(verb);
        while let Some(index) = at.filter(|index| self.masked.quotation_at(*index).is_none()) {
            let word = self.masked.word(index);
            let class = self.masked.class(index);
            let helps = matches!(class, WordClass::Adverb | WordClass::Negation | WordClass::Modal)
                || is_auxiliary(word)
                || lists::NEGATIONS.contains_any_case(word);
            if !helps {
                break;
            }
            let only = lists::AFTER_NOT_ONLY.contains(self.word(Some(index + 1)));
            group.negated |= lists::NEGATIONS.contains_any_case(word) && !only;
            limited |= lists::AFTER_NOT_ONLY.contains(word);
            have |= lists::HAVE.contains_any_case(word);
            if class == WordClass::Modal {
                modal = word;
            }
            group.start = index;
            at = self.before(index);
        }
        group.before = at;
        // "could only say" means that the words were said.
        group.possible =
            !limited && (lists::POSSIBLE_MODALS.contains(modal) || have && lists::UNREAL_WITH_HAVE.contains(modal));
        group
    }

    /// Returns the polarity that a governing verb gives to an infinitive or gerund, as in "refused to say", "denied
    /// saying", "was misquoted as saying" or "wanted her to say".
    fn of_governor(&self, group: &VerbGroup) -> Polarity {
        let Some(link) = group.before else { return Polarity::Said };
        let gerund = self.word(Some(group.start)).ends_with("ing");
        let governor = match self.word(Some(link)) {
            "without" if gerund => return Polarity::Denied,
            "as" | "of" | "from" | "for" | "about" if gerund => self.before(link),
            "to" => self.before(link),
            _ if gerund => Some(link),
            _ => return Polarity::Said,
        };
        self.of_governing_word(
            governor.map(|governor| if governor == link { link } else { self.past_object(governor) }),
        )
    }

    /// Returns the index of the verb before the object that ends at `last`, such as "asked" in "asked the mayor to
    /// say".
    fn past_object(&self, last: usize) -> usize {
        let phrase = self.clauses.phrases.ending_at(last);
        let start = phrase.map(|phrase| self.clauses.phrases.all()[phrase].tokens.start);
        start.and_then(|start| self.before(start)).unwrap_or(last)
    }

    fn of_governing_word(&self, governor: Option<usize>) -> Polarity {
        let word = self.word(governor);
        if lists::DENYING_GOVERNORS.contains_any_case(word) {
            return Polarity::Denied;
        }
        let adverb = governor.and_then(|governor| self.before(governor));
        if lists::UNREAL_GOVERNORS.contains_any_case(word) || lists::UNREAL_ADVERBS.contains(self.word(adverb)) {
            return Polarity::Unreal;
        }
        // The negation applies to the verb of quoting, as in "was never quoted as saying".
        let passes_on = lists::PASSING_ON.contains(word);
        let denied = governor.is_some_and(|governor| passes_on && self.verb_group(governor).negated);
        if denied { Polarity::Denied } else { Polarity::Said }
    }

    /// Returns the polarity that a negative subject gives to its verb, as in "nobody said" or "no official said".
    fn of_subject(&self, cue: &Cue) -> Polarity {
        let Some(speaker) = &cue.speaker else { return Polarity::Said };
        let first = speaker.tokens.start;
        let no = matches!(self.word(Some(first)), "no" | "No")
            && !self.word(Some(first + 1)).starts_with(|c: char| c == '.' || c.is_numeric());
        if no || lists::NEGATIVE_SUBJECTS.contains_any_case(self.word(Some(first))) {
            Polarity::Denied
        } else {
            Polarity::Said
        }
    }

    /// Returns the polarity that a cue gets from the words before its clause, as in "if she said", "denied that she
    /// said" or "no evidence that she said".
    fn of_matrix(&self, cue: &Cue, group: &VerbGroup) -> Polarity {
        let subject = cue.speaker.as_ref().map(|speaker| speaker.tokens.start).filter(|start| *start < group.start);
        let Some(opener) = self.before(subject.unwrap_or(group.start)) else { return Polarity::Said };
        let word = self.word(Some(opener));
        if lists::CONDITIONS.contains_any_case(word) {
            return Polarity::Unreal;
        }
        let bare = self.masked.class(cue.tokens.start);
        let inverted = lists::INVERTED_CONDITIONS.contains(word) && matches!(self.word(self.before(opener)), "" | ",");
        if inverted
            && subject.is_some()
            && matches!(bare, WordClass::VerbParticiple | WordClass::VerbPast | WordClass::VerbBase)
        {
            return Polarity::Unreal;
        }
        if word != "that" {
            return if lists::DENIALS.contains(word) { Polarity::Denied } else { Polarity::Said };
        }
        self.before(opener).map_or(Polarity::Said, |before| self.denies_before(before))
    }

    /// Returns the polarity that the words up to `last` give to the clause after them.
    fn denies_before(&self, last: usize) -> Polarity {
        /// Maximum distance from the clause to the denying word, in tokens.
        const MAX_DISTANCE: usize = 6;
        let mut at = Some(last);
        let noun = lists::NEGATED_EVIDENCE.contains(self.word(at));
        for step in 0..MAX_DISTANCE {
            let Some(index) = at else { break };
            let word = self.word(at);
            if lists::DENIALS.contains(word)
                || noun && step > 0 && lists::NEGATIONS.contains_any_case(word)
                || noun && word == "no"
            {
                return Polarity::Denied;
            }
            let class = self.masked.class(index);
            if word.is_empty()
                || matches!(class, WordClass::Mark | WordClass::Conjunction)
                || step > 0 && class.is_finite() && !is_auxiliary(word)
            {
                break;
            }
            at = self.before(index);
        }
        Polarity::Said
    }
}

#[cfg(test)]
mod tests {
    use super::Polarity::{self, Denied, Said, Unreal};
    use crate::Options;
    use crate::testing::ANALYZER;
    use dateline_core::article::Article;

    /// Returns the content and the polarity of each quotation in `text`.
    fn quotes(text: &str) -> Vec<(String, Polarity)> {
        let analysis = ANALYZER.analyze(&Article::verbatim("t", text), &Options::default());
        analysis.quotes.iter().map(|quote| (quote.span.of(text).to_owned(), quote.polarity)).collect()
    }

    /// Checks that `text` contains a single quotation, with this content and polarity.
    fn check(text: &str, words: &str, polarity: Polarity) {
        assert_eq!(quotes(text), [(words.to_owned(), polarity)], "{text}");
    }

    #[test]
    fn a_negated_verb_denies_what_it_reports() {
        check("Mara Odell did not say that the pier was closed.", "that the pier was closed", Denied);
        check("Mara Odell never said the pier was closed.", "the pier was closed", Denied);
        check("The mayor hasn’t told reporters that the pier was closed.", "that the pier was closed", Denied);
        check("Odell has never called the ferry “a bathtub”.", "a bathtub", Denied);
        check("Odell was never quoted as saying that the pier was closed.", "that the pier was closed", Denied);
    }

    #[test]
    fn not_only_denies_nothing() {
        check("Odell not only said that the pier was closed.", "that the pier was closed", Said);
        check("Odell said that the pier was not closed.", "that the pier was not closed", Said);
    }

    #[test]
    fn a_denial_denies_its_clause() {
        check("Odell denied that the pier was closed.", "that the pier was closed", Denied);
        check("Odell denied saying that the pier was closed.", "that the pier was closed", Denied);
        check("Odell denied having said that the pier was closed.", "that the pier was closed", Denied);
        check("Odell denied closing the pier.", "closing the pier", Denied);
        check("The harbour office denied that the ferry was “a bathtub”.", "a bathtub", Denied);
        check("“I closed nothing at all,” Odell denied.", "I closed nothing at all,", Said);
    }

    #[test]
    fn refused_speech_keeps_its_statement() {
        check("Odell refused to say that the pier was closed.", "that the pier was closed", Denied);
        check("Odell stopped short of calling the ferry “a bathtub”.", "a bathtub", Denied);
        check("Odell left without saying that the pier was closed.", "that the pier was closed", Denied);
    }

    #[test]
    fn a_negative_subject_denies_its_verb() {
        check("Nobody said that the pier was closed.", "that the pier was closed", Denied);
        check("None of the captains said that the pier was closed.", "that the pier was closed", Denied);
        check("No captain told the crew that the pier was closed.", "that the pier was closed", Denied);
    }

    #[test]
    fn what_no_evidence_supports_is_denied() {
        check("It is not true that Odell said the pier was closed.", "the pier was closed", Denied);
        check("There is no evidence that Odell said the pier was closed.", "the pier was closed", Denied);
    }

    #[test]
    fn conditions_wishes_and_inventions_are_unreal() {
        check("If Odell said that the pier was closed, nobody wrote it down.", "that the pier was closed", Unreal);
        check("Odell was misquoted as saying that the pier was closed.", "that the pier was closed", Unreal);
        check("The council wanted Odell to say that the pier was closed.", "that the pier was closed", Unreal);
        check("Odell might have said that the pier was closed.", "that the pier was closed", Unreal);
    }

    #[test]
    fn plain_speech_beside_denying_words_is_said() {
        check("If the rain stops, the crew will sail, Odell said.", "If the rain stops, the crew will sail", Said);
        check("The accused said that the pier was closed.", "that the pier was closed", Said);
        check("No. 7 captain Ivo Dunn said that the pier was closed.", "that the pier was closed", Said);
        check("Odell could only say that the pier was closed.", "that the pier was closed", Said);
        check("Odell could be heard saying that the pier was closed.", "that the pier was closed", Said);
        check("Odell refused the money, saying that the pier was closed.", "that the pier was closed", Said);
    }

    #[test]
    fn what_reports_no_content_has_no_row() {
        for text in [
            "Odell refused to say who had closed the pier.",
            "Odell did not say whether the pier was closed.",
            "The mayor would not say how much it cost.",
            "Odell has not said when the ferry will run.",
            "Odell did not say much about the pier.",
            "Odell said nothing about the pier.",
            "Why the pier was closed, Odell did not say.",
        ] {
            assert_eq!(quotes(text), [], "{text}");
        }
    }
}
