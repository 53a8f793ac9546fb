//! Our words and fold as a tantivy tokenizer.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the analyser is registered.
pub const NAME: &str = "folded";

#[derive(Clone, Default)]
pub struct Analyser;

pub struct Words {
    tokens: std::vec::IntoIter<Token>,
    token: Token,
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = Words;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words {
        let tokens: Vec<Token> = super::folded_words(text)
            .enumerate()
            .map(|(position, (range, text))| Token {
                offset_from: range.start,
                offset_to: range.end,
                position,
                text,
                position_length: 1,
            })
            .collect();
        Words {
            tokens: tokens.into_iter(),
            token: Token::default(),
        }
    }
}

impl TokenStream for Words {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
