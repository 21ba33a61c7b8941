//! Stack of layers over the panes. The order of the layers determines which keys are active and what they do, which
//! hints are shown, what is drawn on top, and what `back-out` closes.

use super::card::Card;
use super::overlay::Overlay;
use super::picker::Picker;
use super::popup::Popup;
use super::prompt::Prompt;
use super::search::Search;
use super::visual::Visual;
use crate::tui::keymap::Context;
use std::sync::Arc;

/// Help that lists every action with its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Help {
    /// Index of the first line in view.
    pub(crate) top: usize,
}

/// Keys that stay active while a layer is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Below {
    /// Keys of the layers below and of the focused pane.
    All,
    /// Only keys of the context `any`.
    Everywhere,
    /// No keys: every character is typed into the layer.
    Nothing,
}

/// Content of a layer. There is at most one layer with each type of content.
pub(crate) trait Content: Sized {
    /// Wraps the content in a layer.
    fn layer(self) -> Layer;
    /// Returns the content of a layer, or `None` if it has another type.
    fn from_layer(layer: Layer) -> Option<Self>;
    /// Returns a reference to the content of a layer, or `None` if the content has another type.
    fn get(layer: &Layer) -> Option<&Self>;
    /// Returns a mutable reference to the content of a layer, or `None` if the content has another type.
    fn get_mut(layer: &mut Layer) -> Option<&mut Self>;
}

/// Declares the layers from the bottom up. Each row has a name, the type of the content, whether the layer covers the
/// panes, and which keys stay active below it.
macro_rules! layers {
    ($($(#[doc = $doc:literal])+ $name:ident($content:ty), covers: $covers:literal, below: $below:ident;)+) => {
        /// Kind of layer, in order from the bottom up.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum LayerKind {
            $($(#[doc = $doc])+ $name,)+
        }

        /// Layer over the panes, with its content.
        #[derive(Clone, Debug)]
        #[allow(clippy::large_enum_variant, reason = "there are at most eight, and none is copied")]
        pub(crate) enum Layer {
            $($(#[doc = $doc])+ $name($content),)+
        }

        impl Layer {
            /// Returns the kind of the layer, which determines its position in the stack.
            #[must_use]
            pub(crate) const fn kind(&self) -> LayerKind {
                match self { $(Self::$name(_) => LayerKind::$name,)+ }
            }

            /// Returns the keymap context that is active while the layer is open.
            #[must_use]
            pub(crate) const fn context(&self) -> Context {
                match self { $(Self::$name(_) => Context::$name,)+ }
            }

            /// Returns whether the layer covers the panes or part of them.
            #[must_use]
            pub(crate) const fn covers(&self) -> bool {
                match self { $(Self::$name(_) => $covers,)+ }
            }

            /// Returns which keys stay active below the layer.
            #[must_use]
            pub(crate) const fn below(&self) -> Below {
                match self { $(Self::$name(_) => Below::$below,)+ }
            }
        }

        $(impl Content for $content {
            fn layer(self) -> Layer {
                Layer::$name(self)
            }

            fn from_layer(layer: Layer) -> Option<Self> {
                if let Layer::$name(content) = layer { Some(content) } else { None }
            }

            fn get(layer: &Layer) -> Option<&Self> {
                if let Layer::$name(content) = layer { Some(content) } else { None }
            }

            fn get_mut(layer: &mut Layer) -> Option<&mut Self> {
                if let Layer::$name(content) = layer { Some(content) } else { None }
            }
        })+
    };
}

// The more a layer covers, the higher it is, because it must be above the layers that it hides. Layers for typing are
// at the top, so that a result arriving while the user types does not steal the keys.
layers! {
    /// Active search, whose matches are highlighted in a pane.
    Search(Search), covers: false, below: All;
    /// Selection of words in the text.
    Visual(Visual), covers: false, below: All;
    /// Card of an entity.
    Card(Card), covers: true, below: All;
    /// Popup list.
    Popup(Popup), covers: true, below: All;
    /// Full-screen page.
    Overlay(Arc<Overlay>), covers: true, below: Everywhere;
    /// Help with all keys.
    Help(Help), covers: true, below: All;
    /// Line into which text is typed.
    Prompt(Prompt), covers: false, below: Nothing;
    /// List filtered by typed letters. Its prompt is a separate layer.
    Picker(Picker), covers: true, below: All;
}

/// Stack of the open layers, from the bottom up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layers(Vec<Layer>);

impl Layers {
    /// Opens a layer at its position in the stack. Closes the help, since the user has found the key. If the layer is a
    /// full-screen page, also closes the card and the popup, which belong to the story that the page covers.
    pub(crate) fn open<T: Content>(&mut self, content: T) {
        let layer = content.layer();
        let kind = layer.kind();
        let closes = |other: LayerKind| match other {
            LayerKind::Help => true,
            LayerKind::Card | LayerKind::Popup => kind == LayerKind::Overlay,
            _ => false,
        };
        self.0.retain(|other| !closes(other.kind()));
        self.insert(layer);
    }

    /// Inserts a layer at its position in the stack, without closing any others.
    pub(crate) fn put<T: Content>(&mut self, content: T) {
        self.insert(content.layer());
    }

    fn insert(&mut self, layer: Layer) {
        self.0.retain(|other| other.kind() != layer.kind());
        let place = self.0.partition_point(|other| other.kind() < layer.kind());
        self.0.insert(place, layer);
    }

    /// Removes the layer with content of type `T`, if it is open. Returns the content.
    pub(crate) fn take<T: Content>(&mut self) -> Option<T> {
        let place = self.0.iter().position(|layer| T::get(layer).is_some())?;
        T::from_layer(self.0.remove(place))
    }

    /// Closes the layer with content of type `T`, if it is open.
    pub(crate) fn close<T: Content>(&mut self) {
        self.take::<T>();
    }

    /// Returns the content of type `T`, if its layer is open.
    #[must_use]
    pub(crate) fn get<T: Content>(&self) -> Option<&T> {
        self.0.iter().find_map(T::get)
    }

    /// Returns a mutable reference to the content of type `T`, if its layer is open.
    pub(crate) fn get_mut<T: Content>(&mut self) -> Option<&mut T> {
        self.0.iter_mut().find_map(T::get_mut)
    }

    /// Returns whether a layer with content of type `T` is open.
    #[must_use]
    pub(crate) fn has<T: Content>(&self) -> bool {
        self.get::<T>().is_some()
    }

    /// Iterates over the layers from the bottom up.
    #[must_use]
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Layer> {
        self.0.iter()
    }

    /// Iterates mutably over the layers from the bottom up.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Layer> {
        self.0.iter_mut()
    }

    /// Returns the kinds of the open layers from the top down.
    #[must_use]
    pub(crate) fn top_down(&self) -> Vec<LayerKind> {
        self.0.iter().rev().map(Layer::kind).collect()
    }

    /// Returns the contexts in which to look up keys, narrowest first. `pane` is the context of the focused pane.
    #[must_use]
    pub(crate) fn contexts(&self, pane: Context) -> Vec<Context> {
        let mut out = Vec::with_capacity(5);
        for layer in self.0.iter().rev() {
            out.push(layer.context());
            match layer.below() {
                Below::All => {}
                Below::Everywhere => {
                    out.push(Context::Any);
                    return out;
                }
                Below::Nothing => return out,
            }
        }
        out.extend([pane, Context::Any]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::layout::Pane;
    use crate::tui::state::overlay::Subject;
    use crate::tui::state::picker::PickerKind;
    use crate::tui::state::prompt::Purpose;

    fn page() -> Arc<Overlay> {
        Arc::new(Overlay::new(Subject::Sources, String::new(), Vec::new()))
    }

    #[test]
    fn layers_lie_in_one_order_however_they_are_opened() {
        let mut layers = Layers::default();
        layers.open(Picker::new(PickerKind::Commands, Vec::new()));
        layers.open(page());
        layers.open(Prompt::new(Purpose::Pick));
        layers.open(Search::new(Pane::List, 0, false));
        let expected = [LayerKind::Picker, LayerKind::Prompt, LayerKind::Overlay, LayerKind::Search];
        assert_eq!(layers.top_down(), expected);
        assert_eq!(layers.contexts(Context::List), [Context::Picker, Context::Prompt]);
        layers.close::<Picker>();
        layers.close::<Prompt>();
        assert_eq!(layers.contexts(Context::List), [Context::Overlay, Context::Any]);
        layers.close::<Arc<Overlay>>();
        assert_eq!(layers.contexts(Context::List), [Context::Search, Context::List, Context::Any]);
    }

    #[test]
    fn what_opens_closes_the_help_and_a_page_closes_the_card() {
        let mut layers = Layers::default();
        layers.open(Card::new(0, Vec::new()));
        layers.open(Help::default());
        assert_eq!(layers.top_down(), [LayerKind::Help, LayerKind::Card]);
        layers.open(Prompt::new(Purpose::Filter));
        assert!(!layers.has::<Help>() && layers.has::<Card>());
        layers.open(page());
        assert_eq!(layers.top_down(), [LayerKind::Prompt, LayerKind::Overlay]);
    }

    #[test]
    fn a_layer_that_is_put_back_closes_nothing() {
        let mut layers = Layers::default();
        layers.open(Search::new(Pane::Reading, 0, false));
        layers.open(Help::default());
        let search = layers.take::<Search>().unwrap();
        layers.put(search);
        assert_eq!(layers.top_down(), [LayerKind::Help, LayerKind::Search]);
    }
}
