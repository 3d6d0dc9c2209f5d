//! What a person does, told as stories.
